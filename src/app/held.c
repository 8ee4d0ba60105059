/* held - what another terminal holds, beside ours; see held.h */
#include "app/held.h"
#include "app/context.h"
#include "app/diff.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct compared {
	char *bytes;			/* of theirs */
	size_t len;
	unsigned long changes;		/* site_changes() of ours */
	int revision;
	char *difference;
};

void held_forget(struct app *a)
{
	if (!a->compared)
		return;
	free(a->compared->bytes);
	free(a->compared->difference);
	free(a->compared);
	a->compared = NULL;
}

static bool is_same(const struct app *a, const char *bytes, size_t len)
{
	const struct compared *c = a->compared;

	return c && c->len == len && memcmp(c->bytes, bytes, len) == 0 &&
	    (!a->file || c->changes == site_changes(app_site(a)));
}

static void compare(struct app *a, const char *bytes, size_t len)
{
	struct sitefile *theirs = sitefile_parse("", mem_ndup(bytes, len), len, NULL);
	struct changes changes = { 0 };
	struct text lines = { 0 };

	held_forget(a);
	a->compared = mem_new(struct compared);
	a->compared->bytes = mem_ndup(bytes, len);
	a->compared->len = len;
	a->compared->revision = site_network(sitefile_site(theirs))->revision;
	if (a->file) {
		a->compared->changes = site_changes(app_site(a));
		diff_sites(sitefile_site(theirs), app_site(a), &changes);
	}
	changes_show(&changes, &lines);
	a->compared->difference = text_take(&lines);
	changes_done(&changes);
	sitefile_free(theirs);
}

struct held held_compare(struct app *a, const char *bytes, size_t len)
{
	if (!is_same(a, bytes, len))
		compare(a, bytes, len);
	return (struct held){ a->compared->revision, a->compared->difference };
}
