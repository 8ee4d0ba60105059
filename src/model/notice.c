/* notice - which events become which messages; see notice.h */
#include "model/notice.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define HOUR_MS 3600000
#define ALARM_MS 3000		/* an alarm waits no longer for company */
#define FREELY 2		/* messages: it is bad, it is over */

/* What of a node the entry is about; two with the same are one subject. */
static enum entry_kind family(enum entry_kind k)
{
	return k == ENTRY_UPS_BACK ? ENTRY_UPS_SILENT : k;
}

static const char *word_of(const struct entry *x)
{
	return *x->after ? x->after : x->before;
}

static bool is_same(const struct notice_item *i, const struct entry *x)
{
	if (i->kind != family(x->kind) || i->node != x->node || strcmp(i->name, x->name) != 0)
		return false;
	switch (i->kind) {
	case ENTRY_UPS_STATE:
	case ENTRY_UPS_SILENT:
	case ENTRY_TERMINAL_STATE:
		return true;
	case ENTRY_UPS_FLAG:
	case ENTRY_TRAP:
		return strcmp(i->word, word_of(x)) == 0;
	default:
		return strcmp(i->detail, x->detail) == 0;
	}
}

/* People are told how a device is; of what was changed also what it was. */
static const char *before_of(const struct entry *x)
{
	return x->kind == ENTRY_UPS_STATE || x->kind == ENTRY_UPS_FLAG ||
	    x->kind == ENTRY_TERMINAL_STATE ? "" : x->before;
}

static bool lasts(enum entry_kind k)
{
	return k == ENTRY_UPS_STATE || k == ENTRY_UPS_FLAG || k == ENTRY_UPS_SILENT ||
	    k == ENTRY_TERMINAL_STATE;
}

static struct notice_subject *find(const struct notices *l, const struct entry *x)
{
	for (size_t i = 0; i < l->n; i++)
		if (is_same(&l->list[i].item, x))
			return &l->list[i];
	return NULL;
}

static void make_room(struct notices *l)
{
	size_t oldest = l->n;

	for (size_t i = 0; i < l->n; i++)
		if (!l->list[i].due && (oldest == l->n ||
		    l->list[i].item.at < l->list[oldest].item.at))
			oldest = i;
	if (oldest == l->n)
		oldest = 0;
	memmove(&l->list[oldest], &l->list[oldest + 1], (l->n - oldest - 1) * sizeof *l->list);
	l->n--;
}

static struct notice_subject *begin(struct notices *l, const struct entry *x, int64_t now)
{
	struct notice_subject *s;

	if (l->n >= NOTICE_SUBJECTS)
		make_room(l);
	mem_grow(l->list, l->n, l->cap);
	s = &l->list[l->n++];
	*s = (struct notice_subject){ .lasts = lasts(x->kind), .item = { .node = x->node,
		.kind = family(x->kind), .over = true, .since = now } };
	text_show(s->item.name, sizeof s->item.name, x->name);
	return s;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* There is news of it: when is it told? */
static void schedule(const struct notices *l, struct notice_subject *s, int64_t now)
{
	int64_t due = now + (s->item.over ? 3 * l->wait_ms :
	    s->item.severity >= 3 && l->wait_ms > ALARM_MS ? ALARM_MS : l->wait_ms);
	bool worse = !s->item.over && s->item.severity > s->worst;
	unsigned freely = s->lasts ? FREELY : 1;

	s->held = worse || s->messages < freely ? 0 : s->told_at + l->quiet_ms;
	due = later(due, s->held);
	s->due = s->due && s->due < due ? s->due : due;
}

static void change(const struct notices *l, struct notice_subject *s, bool bad, int64_t now)
{
	if (s->item.over == !bad && s->item.times && !bad)
		return;		/* well, as before */
	if (now - s->item.at > HOUR_MS) {
		s->messages = 0;
		s->worst = 0;
	}
	if (bad && s->item.over)
		s->item.since = now;
	s->item.over = !bad;
	s->item.at = now;
	s->item.times++;
	schedule(l, s, now);
}

bool notices_add(struct notices *l, const struct entry *x, int64_t now)
{
	bool bad = x->severity >= l->severity && x->kind != ENTRY_UPS_BACK &&
	    (x->kind != ENTRY_UPS_FLAG || *x->after);
	struct notice_subject *s;

	if (l->kinds && !(l->kinds & 1u << family(x->kind)) && !(l->kinds & 1u << x->kind))
		return false;
	s = find(l, x);
	if (!s && !bad)
		return false;
	if (!s)
		s = begin(l, x, now);
	if (!bad && (s->item.over || !s->lasts))
		return false;
	if (bad && s->told && !s->item.over && x->severity == s->item.severity &&
	    strcmp(s->item.word, word_of(x)) == 0 && s->lasts && !s->due)
		return false;	/* as was told: we were away in between */
	if (bad) {
		s->item.severity = x->severity;
		/* they go into headers and environments: nothing but printable text */
		text_show(s->item.word, sizeof s->item.word, word_of(x));
		text_show(s->item.before, sizeof s->item.before, before_of(x));
		text_show(s->item.detail, sizeof s->item.detail, x->detail);
	}
	change(l, s, bad, now);
	return true;
}

void notices_end(struct notices *l, struct notice_subject *s, int64_t now)
{
	change(l, s, false, now);
}

int64_t notices_due(const struct notices *l)
{
	int64_t first = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->list[i].due && (!first || l->list[i].due < first))
			first = l->list[i].due;
	return first;
}

/* What is bad before what is over, then the worse, then the earlier. */
static int compare(const void *a, const void *b)
{
	const struct notice_item *x = a, *y = b;

	if (x->over != y->over)
		return x->over ? 1 : -1;
	if (x->severity != y->severity)
		return y->severity - x->severity;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void count_told(struct notice_subject *s, int64_t now)
{
	s->told = s->lasts && !s->item.over;
	if (!s->item.over && s->item.severity > s->worst)
		s->worst = s->item.severity;
	if (!s->lasts)
		s->item.over = true;	/* the next one is another */
	s->messages++;
	s->told_at = now;
	s->due = 0;
	s->item.times = 0;
}

struct notice_item *notices_take(struct notices *l, int64_t now, size_t *n)
{
	int64_t first = notices_due(l);
	struct notice_item *items;
	size_t kept = 0;

	*n = 0;
	if (!first || first > now)
		return NULL;
	items = mem_zero(l->n, sizeof *items);
	for (size_t i = 0; i < l->n; i++) {
		struct notice_subject *s = &l->list[i];

		if (s->due && s->held <= now) {
			items[(*n)++] = s->item;
			count_told(s, now);
		} else if (!s->due && s->item.over && now - s->item.at > HOUR_MS) {
			continue;	/* long over: forgotten */
		}
		l->list[kept++] = *s;
	}
	l->n = kept;
	qsort(items, *n, sizeof *items, compare);
	return items;
}

void notices_done(struct notices *l)
{
	free(l->list);
	l->list = NULL;
	l->n = l->cap = 0;
}
