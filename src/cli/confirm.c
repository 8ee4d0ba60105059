/* confirm - the question before what switches something; see cli.h */
#include "cli/cli.h"
#include "base/i18n.h"

#include <string.h>
#include <unistd.h>

bool cli_confirm(struct cli *c, const char *words, const char *type, struct err *e)
{
	char line[300];

	if (c->yes)
		return true;
	fprintf(stderr, "%s\n", words);
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return err_kind(e, ERR_REFUSED, _("nothing was sent; --yes says that this is meant"));
	if (strcmp(type, "yes") == 0)
		fprintf(stderr, "%s", _("Type yes to go on: "));
	else
		fprintf(stderr, _("Type %s to go on: "), type);
	if (!fgets(line, sizeof line, stdin))
		line[0] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	return strcmp(line, type) == 0 || err_kind(e, ERR_REFUSED, _("nothing was sent"));
}
