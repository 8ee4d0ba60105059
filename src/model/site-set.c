/* site-set - the settings of a site's records; a part of site */
#include "model/siting.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* What a text means for a field, into the record or settings that hold it. */
static void put(struct site *s, void *in, const struct field *f, const char *text, int n)
{
	char *at = (char *)in + f->offset;

	if (field_is_int(f))
		*(int *)(void *)at = n;
	else
		*(const char **)(void *)at = pool_put(&s->strings, text);
}

static void put_initial(struct site *s, void *in, const struct field *f)
{
	int n = FIELD_NONE;

	/* a name is 1..64 columns, but a new record has none yet */
	field_check(f, f->initial, &n, NULL);
	put(s, in, f, f->initial, n);
}

void site_set_init(struct site *s)
{
	const struct field *f;
	size_t most = 0;
	enum kind k;

	for (k = 0; k < KIND_COUNT; k++) {
		s->settings[k].room.size = record_settings_size(k);
		if (record_settings_size(k) > most)
			most = record_settings_size(k);
	}
	s->gathered = mem_zero(1, most);
	s->work = mem_zero(1, most);
	for (k = 0; k < KIND_COUNT; k++) {
		struct node *n = mem_zero(1, record_size(k));

		memset(s->work, 0, most);
		for (f = record_fields(k); f->key; f++)
			if (f->type != FIELD_PARENT)
				put_initial(s, f->own ? (void *)n : s->work, f);
		n->settings = alike_put(&s->settings[k], s->work);
		s->initial[k] = n;
	}
}

void site_set_done(struct site *s)
{
	for (enum kind k = 0; k < KIND_COUNT; k++) {
		free(s->initial[k]);
		alike_done(&s->settings[k]);
	}
	free(s->gathered);
	free(s->work);
}

void site_gather(struct site *s, struct node *n)
{
	site_settle(s);
	memcpy(s->gathered, n->settings, record_settings_size(n->kind));
	n->settings = s->gathered;
	s->gathering = n;
}

void site_settle(struct site *s)
{
	struct node *n = s->gathering;

	if (n)
		n->settings = alike_put(&s->settings[n->kind], s->gathered);
	s->gathering = NULL;
}

/* A record's settings to be changed, and then kept. */
static struct record_settings *open_settings(struct site *s, const struct node *n)
{
	if (n == s->gathering)
		return s->gathered;
	return memcpy(s->work, n->settings, record_settings_size(n->kind));
}

static void keep_settings(struct site *s, struct node *n)
{
	if (n != s->gathering)
		n->settings = alike_put(&s->settings[n->kind], s->work);
	s->changes++;
}

bool site_set(struct site *s, struct node *n, const struct field *f,
    const char *text, struct err *e)
{
	struct record_settings *set;
	int number;

	if (f->type == FIELD_PARENT)
		return err_set(e, _("%s: is moved, not set"), node_name(n));
	if (!field_check(f, text, &number, e))
		return false;
	set = open_settings(s, n);
	put(s, f->own ? (void *)n : set, f, text, number);
	if (!*text && f->flags & FIELD_INHERITS)
		set->given &= ~node_bit(n, f);
	else
		set->given |= node_bit(n, f);
	keep_settings(s, n);
	return true;
}

void site_unset(struct site *s, struct node *n, const struct field *f)
{
	struct record_settings *set = open_settings(s, n);

	put_initial(s, f->own ? (void *)n : set, f);
	set->given &= ~node_bit(n, f);
	keep_settings(s, n);
}

void site_copy_field(struct site *s, struct node *n, const struct field *f,
    const struct node *from)
{
	size_t size = field_is_int(f) ? sizeof(int) : sizeof(const char *);
	struct record_settings *set = open_settings(s, n);
	uint64_t bit = node_bit(n, f);

	if (f->type == FIELD_PARENT)
		return;
	memcpy((char *)(f->own ? (void *)n : set) + f->offset, record_value(f, from), size);
	set->given = (set->given & ~bit) | (from->settings->given & bit);
	keep_settings(s, n);
}
