/* ranges - which IPv4 addresses are meant; see ranges.h */
#include "model/ranges.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/field.h"
#include "model/ipv4.h"

#include <stdlib.h>
#include <string.h>

static const char parting[] = ", \t\n";

static bool wrong(const char *word, struct err *e)
{
	return err_set(e, _("%s: not a network (172.16.1.0/24), a range (172.16.1.100-120) or "
	    "an address (172.16.1.100) of IPv4"), word);
}

/* "/24" of an address: without the network's own address and its broadcast. */
static bool read_net(char *word, char *slash, struct ranges_part *p, struct err *e)
{
	uint32_t address, mask;
	char *end;
	long bits = strtol(slash + 1, &end, 10);
	bool ok;

	*slash = '\0';
	ok = field_ipv4(word, &address);
	*slash = '/';
	if (!ok || end == slash + 1 || *end || slash[1] < '0' || slash[1] > '9' || bits > 32)
		return wrong(word, e);
	if (bits < 16)
		return err_set(e, _("%s: a network of at most %d addresses (/16) is searched at "
		    "once"), word, RANGES_MOST);
	mask = UINT32_MAX << (32 - bits);
	*p = (struct ranges_part){ address & mask, address | ~mask };
	if (bits < 31) {	/* of /31 and /32 both are somebody's: RFC 3021 */
		p->from++;
		p->to--;
	}
	return true;
}

/* The end may be the last number only. */
static bool read_range(char *word, char *dash, struct ranges_part *p, struct err *e)
{
	char *end;
	unsigned long last = strtoul(dash + 1, &end, 10);
	bool ok;

	*dash = '\0';
	ok = field_ipv4(word, &p->from);
	*dash = '-';
	if (ok && !field_ipv4(dash + 1, &p->to)) {
		ok = dash[1] >= '0' && dash[1] <= '9' && !*end && last <= 255;
		p->to = (p->from & ~255u) | (uint32_t)last;
	}
	if (!ok)
		return wrong(word, e);
	return p->from <= p->to || err_set(e, _("%s: ends before it begins"), word);
}

static bool read_word(char *word, struct ranges_part *p, struct err *e)
{
	char *slash = strchr(word, '/'), *dash = strchr(word, '-');

	if (slash ? !read_net(word, slash, p, e) : dash ? !read_range(word, dash, p, e) :
	    !field_ipv4(word, &p->from) && !wrong(word, e))
		return false;
	if (!slash && !dash)
		p->to = p->from;
	if (p->from >> 24 == 0 || p->to >> 28 >= 14)
		return err_set(e, _("%s: no card can have such an address"), word);
	return true;
}

static int by_start(const void *x, const void *y)
{
	const struct ranges_part *a = x, *b = y;

	return (a->from > b->from) - (a->from < b->from);
}

/* Those that meet become one. */
static void join(struct ranges *r)
{
	size_t n = 0;

	qsort(r->list, r->n, sizeof *r->list, by_start);
	for (size_t i = 1; i < r->n; i++)
		if (r->list[i].from > r->list[n].to)
			r->list[++n] = r->list[i];
		else if (r->list[i].to > r->list[n].to)
			r->list[n].to = r->list[i].to;
	r->n = n + 1;
	for (size_t i = 0; i < r->n; i++)
		r->count += (size_t)(r->list[i].to - r->list[i].from) + 1;
}

bool ranges_read(struct ranges *r, const char *text, struct err *e)
{
	char *copy = mem_dup(text), *rest = NULL, *word;
	size_t cap = 0;
	bool ok = true;

	*r = (struct ranges){ 0 };
	for (word = strtok_r(copy, parting, &rest); word && ok;
	    word = strtok_r(NULL, parting, &rest)) {
		mem_grow(r->list, r->n, cap);
		ok = read_word(word, &r->list[r->n++], e);
	}
	free(copy);
	if (ok && !r->n)
		ok = wrong(_("nothing"), e);
	if (ok)
		join(r);
	if (ok && r->count > RANGES_MOST)
		ok = err_set(e, _("%zu addresses: at most %d are searched at once"), r->count,
		    RANGES_MOST);
	if (!ok)
		ranges_done(r);
	return ok;
}

void ranges_done(struct ranges *r)
{
	free(r->list);
	*r = (struct ranges){ 0 };
}

uint32_t ranges_at(const struct ranges *r, size_t i)
{
	const struct ranges_part *p = r->list;

	while (i > p->to - p->from) {
		i -= (size_t)(p->to - p->from) + 1;
		p++;
	}
	return p->from + (uint32_t)i;
}
