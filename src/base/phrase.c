/* phrase - texts that our own formats print; see phrase.h */
#include "base/phrase.h"

#include <stdlib.h>
#include <string.h>

enum {
	TRIES = 400,		/* places at which an argument might end */
	ENOUGH = 20,		/* bytes of the format that what is cut off must have */
};

struct fitting {
	struct phrase *p;
	bool cut;		/* the text may end before the format */
	int tries;
};

/* "%2$lld" at f: what it prints and which argument; where it ends, or NULL. */
static const char *conversion(const char *f, int *next, int *place, char *kind)
{
	size_t digits = strspn(++f, "0123456789");

	*place = digits && f[digits] == '$' ? atoi(f) - 1 : (*next)++;
	if (digits && f[digits] == '$')
		f += digits + 1;
	while (*f == 'l' || *f == 'z')
		f++;
	if (!*f || !strchr("sdug", *f) || *place < 0 || *place >= PHRASE_ARGS)
		return NULL;
	*kind = *f == 'u' ? 'd' : *f;
	return f + 1;
}

static bool is_conversion(const char *f)
{
	return f[0] == '%' && f[1] != '%';
}

static void take(struct fitting *m, int place, char kind, const char *from, const char *to)
{
	m->p->args[place] = (struct phrase_arg){ kind, from, (size_t)(to - from) };
}

/* The text has ended: is what is missing only what was cut off? */
static bool is_enough(struct fitting *m)
{
	m->p->cut = m->cut && m->p->literal >= ENOUGH;
	return m->p->cut;
}

static bool fit(struct fitting *m, const char *f, int next, const char *t);

/* The shortest piece of text behind which the rest of the format fits. */
static bool fit_text(struct fitting *m, const char *f, int next, int place, const char *t)
{
	struct phrase before = *m->p;
	const char *end = t + strlen(t);

	if (t == end || is_conversion(f))
		return false;
	if (!*f) {
		take(m, place, 's', t, end);
		return true;
	}
	for (const char *e = t + 1; (e = strchr(e, *f)) && m->tries-- > 0; e++) {
		if (fit(m, f, next, e)) {
			take(m, place, 's', t, e);
			return true;
		}
		*m->p = before;	/* nor is there what was found behind a wrong end */
	}
	if (!is_enough(m))
		return false;
	take(m, place, 's', t, end);
	return true;
}

static bool fit(struct fitting *m, const char *f, int next, const char *t)
{
	while (*f) {
		int place;
		char kind;
		size_t n;

		if (!*t)
			return is_enough(m);
		if (!is_conversion(f)) {
			if (*f != *t++)
				return false;
			f += *f == '%' ? 2 : 1;
			m->p->literal++;
			continue;
		}
		f = conversion(f, &next, &place, &kind);
		if (!f)
			return false;
		if (kind == 's')
			return fit_text(m, f, next, place, t);
		n = strspn(t + (*t == '-'), kind == 'g' ? "0123456789.e+-" : "0123456789");
		if (!n)
			return false;
		n += *t == '-';
		take(m, place, kind, t, t + n);
		t += n;
	}
	return !*t;
}

/* Soon told of nearly all that do not fit: does the text end as the format does? */
static bool ends_alike(const char *format, const char *text)
{
	const char *tail = strrchr(format, '%');
	int next = 0, place;
	size_t n, len = strlen(text);
	char kind;

	if (!tail)
		return strcmp(format, text) == 0;
	if (tail > format && tail[-1] == '%')
		return true;
	tail = conversion(tail, &next, &place, &kind);
	n = tail ? strlen(tail) : 0;
	return tail && n <= len && memcmp(text + len - n, tail, n) == 0;
}

bool phrase_match(const char *format, const char *text, bool may_be_cut, struct phrase *p)
{
	struct fitting m = { .p = p, .cut = may_be_cut, .tries = TRIES };

	*p = (struct phrase){ 0 };
	return (may_be_cut || ends_alike(format, text)) && fit(&m, format, 0, text);
}

/* Everything that it wants is there. */
static bool has_all(const char *f, const struct phrase *p)
{
	int next = 0, place;
	char kind;

	while ((f = strchr(f, '%'))) {
		if (!is_conversion(f)) {
			f += 2;
			continue;
		}
		f = conversion(f, &next, &place, &kind);
		if (!f || (p->args[place].kind != kind && !(p->cut && !p->args[place].kind)))
			return false;
	}
	return true;
}

bool phrase_print(const char *format, const struct phrase *p, phrase_word *word, void *arg,
    struct text *t)
{
	int next = 0, place;
	char kind;

	if (!has_all(format, p))
		return false;
	for (const char *f = format; *f;) {
		size_t n = strcspn(f, "%");
		const struct phrase_arg *a;

		text_add_len(t, f, n);
		f += n;
		if (*f && !is_conversion(f)) {
			text_add(t, "%");
			f += 2;
		} else if (*f) {
			f = conversion(f, &next, &place, &kind);
			a = &p->args[place];
			if (!a->kind)
				text_add(t, "…");
			else if (a->kind == 's')
				word(a->at, a->len, arg, t);
			else
				text_add_len(t, a->at, a->len);
		}
	}
	return true;
}
