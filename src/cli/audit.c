/* audit - who did what on a terminal */
#include "app/audit.h"
#include "app/records.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Of a newer amcd: by its own word. */
static const char *words_of(const char *act)
{
	const char *label = audit_label(act);

	return label ? tr(label) : act;
}

/* Whatever the other side says: no control characters reach the screen. Until the next call. */
static const char *safe(const char *word)
{
	static char shown[1000];

	text_show(shown, sizeof shown, word);
	return shown;
}

/* "operator (sato@console) from 172.16.1.9" */
static void put_who(struct text *t, const struct audit_act *a)
{
	text_printf(t, "%s", safe(*a->role ? a->role : "?"));
	if (*a->terminal)
		text_printf(t, " %s", safe(a->terminal));
	if (*a->user)
		text_printf(t, " (%s)", safe(a->user));
	if (*a->from)
		text_printf(t, _(" from %s"), safe(a->from));
}

/* Each line of it by itself, to the right of who and what. */
static void put_detail(struct text *t, const char *detail)
{
	while (*detail) {
		size_t n = strcspn(detail, "\n");
		char *line = mem_ndup(detail, n);

		text_printf(t, "          %s\n", safe(line));
		free(line);
		detail += n + (detail[n] == '\n');
	}
}

static void print_act(const struct audit_line *l)
{
	const struct audit_act *a = &l->act;
	time_t at = (time_t)(l->at / 1000);
	struct tm tm;
	char when[40];
	struct text t = { 0 };

	strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", localtime_r(&at, &tm));
	text_printf(&t, "%6lld  %s  %s", (long long)l->n, when, cli_color(a->refused ? 2 : 0));
	put_who(&t, a);
	text_printf(&t, ": %s", safe(words_of(a->act)));
	if (*a->before)
		text_printf(&t, "  %s", safe(a->before));
	if (*a->after)
		text_printf(&t, *a->before ? " -> %s" : "  %s", safe(a->after));
	if (a->refused)
		text_printf(&t, _("  [refused: %s]"), safe(a->refused));
	text_printf(&t, "%s\n", cli_plain());
	put_detail(&t, a->detail);
	fputs(t.s, stdout);
	text_done(&t);
}

int verb_audit(struct cli *c)
{
	struct question q = { .method = "GET" };
	struct err e = { .text = "" };
	struct audit_line l;
	char *path, *answer;
	const struct json *acts;
	struct json *j;
	int64_t last = 0;
	size_t len = 0;

	path = records_path("/v1/audit", records_audit_keys, c->argv + 1, (size_t)c->argc - 1, &e);
	if (!path)
		return cli_fail(&e);
	q.path = path;
	answer = terminal_answer(c, c->argv[0], &q, &len, &e);
	free(path);
	if (!answer)
		return cli_fail(&e);
	j = json_parse(answer, len, &e);
	acts = j ? json_get(j, "acts") : NULL;
	if (c->json && j)
		fputs(answer, stdout);
	for (size_t i = c->json ? 0 : json_count(acts); i > 0; i--) {	/* the newest last */
		audit_parse(json_at(acts, i - 1), &l);
		if (last && l.n != last + 1 && c->argc == 1)
			printf(ngettext("        %lld act is missing here\n",
		    "        %lld acts are missing here\n", (unsigned long)(l.n - last - 1)), (long long)(l.n - last - 1));
		last = l.n;
		print_act(&l);
	}
	free(answer);
	if (!j)
		return cli_fail(&e);
	json_free(j);
	return 0;
}
