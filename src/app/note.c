/* note - what happened, for the event log; see note.h */
#include "app/note.h"
#include "app/bulletin.h"
#include "app/context.h"
#include "app/diary.h"
#include "app/herald.h"
#include "base/text.h"

/* Did somebody at this program do it? */
static bool is_done(enum entry_kind k)
{
	return k == ENTRY_ACT || k == ENTRY_SETTING;
}

void app_note(struct app *a, const struct entry *x)
{
	if (a->recorder)
		a->record(a->recorder, x);
	if (a->bulletin)
		bulletin_note(x);
	if (a->notifier)
		a->notify(a->notifier, x);
	if (a->diary)
		diary_add(a->diary, x);
	/* amcd has its own acts in its own log */
	if (is_done(x->kind) && !a->bulletin)
		herald_tell(a, x);
}

void app_note_node(struct app *a, unsigned node, enum entry_kind kind, int severity,
    const char *before, const char *after, const char *detail)
{
	const struct node *n = site_find(app_site(a), node);
	struct entry x = { .kind = kind, .severity = severity, .node = node };

	if (!a->recorder && !a->bulletin && !a->notifier && !a->diary && !is_done(kind))
		return;
	text_copy(x.name, sizeof x.name, n ? node_name(n) : "");
	text_copy(x.before, sizeof x.before, before ? before : "");
	text_copy(x.after, sizeof x.after, after ? after : "");
	text_copy(x.detail, sizeof x.detail, detail ? detail : "");
	app_note(a, &x);
}
