/* kept - statistics that a control terminal keeps; see kept.h */
#include "app/kept-rows.h"
#include "app/archive.h"
#include "app/context.h"
#include "app/records.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)

enum { TERMINALS_MAX = 32 };

const struct reading_attr *kept_attr(int value)
{
	return value < VALUE_COUNT ? sample_value_attr((enum sample_value)value) : NULL;
}

static void ask_piece(struct kept *);

static void take_row(struct kept *k, const struct json *j)
{
	const char *at = json_get_text(j, "time"), *word = json_get_text(j, "state");
	enum ups_state state = UPS_UNKNOWN;
	struct kept_row *r;

	mem_grow(k->rows, k->n, k->cap);
	r = &k->rows[k->n];
	*r = (struct kept_row){ .at = 0 };
	if (!at || !utc_parse(at, 0, &r->at))
		return;
	for (int v = 0; v < VALUE_COUNT; v++) {
		const struct json *x = json_get(j, kept_attr(v)->json);

		r->mean[v] = (float)(word ? json_number(x, NAN) : json_get_number(x, "mean", NAN));
		r->min[v] = word ? r->mean[v] : (float)json_get_number(x, "min", NAN);
		r->max[v] = word ? r->mean[v] : (float)json_get_number(x, "max", NAN);
	}
	r->span = (int)json_get_number(j, word ? "seconds" : "known_seconds", word ? 60 : 0);
	r->battery = (int)json_get_number(j, "on_battery_seconds", 0);
	if (word && state_from_word(word, &state) &&
	    (state == UPS_ON_BATTERY || state == UPS_LOW_BATTERY))
		r->battery = r->span;
	k->n++;
}

static void take_month(struct kept *k, const struct json *j)
{
	const char *month = json_get_text(j, "month");
	struct kept_month *m;

	mem_grow(k->list, k->list_n, k->list_cap);
	m = &k->list[k->list_n++];
	*m = (struct kept_month){ .outages = (int)json_get_number(j, "outages", 0),
	    .known = (int64_t)json_get_number(j, "known_seconds", 0),
	    .on_battery = (int64_t)json_get_number(j, "on_battery_seconds", 0),
	    .kilowatt_hours = json_get_number(j, "kilowatt_hours", NAN),
	    .lowest = json_get_number(j, "lowest_input_voltage", NAN),
	    .highest = json_get_number(j, "highest_input_voltage", NAN),
	    .load = json_get_number(j, "highest_load_percent", NAN),
	    .temperature = json_get_number(j, "highest_temperature_celsius", NAN) };
	text_show(m->month, sizeof m->month, month ? month : "");
}

static bool take(struct kept *k, const char *bytes, size_t len, struct err *e)
{
	struct json *j = json_parse(bytes, len, e);
	const struct json *list = j ? json_get(j, k->months ? "months" : k->hours ? "hours" :
	    "samples") : NULL;

	if (j && !list)
		err_set(e, _("what was answered are no statistics"));
	for (size_t i = 0; list && i < json_count(list); i++)
		if (k->months)
			take_month(k, json_at(list, i));
		else
			take_row(k, json_at(list, i));
	json_free(j);
	return list;
}

static void start(struct kept *k)
{
	k->n = k->list_n = 0;
	k->next = k->from;
	k->hours = !k->months && k->to - k->from > DAY + HOUR;	/* a day may have 25 hours */
	ask_piece(k);
}

/* Another terminal may keep it; each is asked once. */
static void fail(struct kept *k, const struct err *e)
{
	unsigned ids[TERMINALS_MAX];
	int n = (int)archive_terminals(k->app, ids, TERMINALS_MAX);
	const struct node *who = n ? site_find(app_site(k->app), ids[k->at % n]) : NULL;
	struct err words = *e;

	if (who && !strstr(words.text, node_name(who)))
		err_at(&words, "%s", node_name(who));
	text_copy(k->error, sizeof k->error, words.text);
	k->from_terminal = 0;
	k->refused = k->refused || e->kind == ERR_REFUSED;
	if (++k->failed < n && !k->refused) {
		k->at++;
		start(k);
	}
}

static void answered(const char *json, size_t len, const struct err *e, void *arg)
{
	struct kept *k = arg;
	struct err words = { .text = "" };
	bool ok = !e && take(k, json, len, &words);

	if (e)
		words = *e;
	archive_cancel(k->query);
	k->query = NULL;
	if (!ok) {
		fail(k, &words);
	} else {
		k->failed = 0;
		*k->error = '\0';
		k->next = k->end;
		if (!k->months)
			ask_piece(k);
	}
	k->changed(k->arg);
}

static char *path_of(const struct kept *k)
{
	const struct node *n = site_find(app_site(k->app), k->ups);
	char *ups = mem_printf("ups=%s", n ? node_name(n) : ""), *path;
	char since[UTC_SIZE + 8] = "since=", until[UTC_SIZE + 8] = "until=";
	char *words[] = { ups, k->months ? "months" : since, until, "hours" };

	utc_print_ms(k->next, since + 6);
	utc_print_ms(k->end, until + 6);
	path = records_path("/v1/statistics", records_sample_keys, words,
	    k->months ? 2 : k->hours ? 4 : 3, NULL);
	free(ups);
	return path;
}

/* Hours of a month at most; then what is not summed up yet, as samples. */
static void ask_piece(struct kept *k)
{
	unsigned ids[TERMINALS_MAX];
	int n = (int)archive_terminals(k->app, ids, TERMINALS_MAX);
	int64_t summed = (utc_now() / HOUR - 2) * HOUR;
	struct err e = { .text = "" };
	char *path;

	if (k->hours && k->next >= summed)
		k->hours = false;
	k->end = k->hours && k->to > summed ? summed : k->to;
	if (k->hours && k->end - k->next > 31 * DAY)
		k->end = k->next + 31 * DAY;
	if (!k->months && (k->next >= k->to || k->next >= utc_now()))
		return;
	if (!n) {
		text_copy(k->error, sizeof k->error,
		    _("The site has no control terminal that would keep them."));
		return;
	}
	path = path_of(k);
	k->from_terminal = ids[k->at % n];
	k->query = archive_ask(k->app, ids[k->at % n], path, answered, k, &e);
	free(path);
	if (!k->query)
		fail(k, &e);
}

static void ask(struct kept *k, unsigned ups, bool months)
{
	archive_cancel(k->query);
	k->query = NULL;
	k->ups = ups;
	k->months = months;
	k->failed = 0;
	k->refused = false;
	*k->error = '\0';
	start(k);
	k->changed(k->arg);
}

void kept_ask(struct kept *k, unsigned ups, int64_t from, int64_t to)
{
	k->from = from;
	k->to = to;
	ask(k, ups, false);
}

void kept_ask_months(struct kept *k, unsigned ups)
{
	ask(k, ups, true);
}

void kept_next_terminal(struct kept *k)
{
	k->at++;
}

bool kept_busy(const struct kept *k)
{
	return k->query != NULL;
}

unsigned kept_terminal(const struct kept *k)
{
	return k->from_terminal;
}

const char *kept_error(const struct kept *k)
{
	return k->error;
}

const struct kept_month *kept_months(const struct kept *k, size_t *n)
{
	*n = k->list_n;
	return k->list;
}

struct kept *kept_new(struct app *a, loop_fn *changed, void *arg)
{
	struct kept *k = mem_new(struct kept);

	k->app = a;
	k->changed = changed;
	k->arg = arg;
	return k;
}

void kept_free(struct kept *k)
{
	if (!k)
		return;
	archive_cancel(k->query);
	free(k->rows);
	free(k->list);
	free(k);
}
