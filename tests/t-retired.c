/*
 * Keys that terminals have changed from: not taken any more, over a restart too, and not
 * kept for ever.
 */
#include "app/retired.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define PIN_A "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define PIN_B "sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA="
#define PIN_C "sha256//CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCA="

#define SITE(name, pin, next) "[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n" \
	"[Terminal1]\nName=" name "\nParent=Group1.ControlTerminals\nKeyPin=" pin \
	"\nKeyPinNext=" next "\n"

static const char site[] = SITE("SV1", PIN_A, PIN_B);

static struct loop *loop;
static struct app *app;

static const struct terminal *terminal(void)
{
	return node_terminal(site_find(app_site(app), site_id(KIND_TERMINAL, 1)));
}

static void stop(void)
{
	app_free(app);
	loop_free(loop);
	app = NULL;
	loop = NULL;
}

/* As amcd starts: what was kept comes before the site. */
static void start(const char *text)
{
	struct app_options o = { .read_only = true };
	struct err e;

	loop = loop_new();
	app = app_new(loop, &o, &e);
	retired_keep(app, ".");
	assert_true(app_open_text(app, "site", text, strlen(text), &e));
}

static void restart(const char *text)
{
	stop();
	start(text);
}

static bool taken(const char *pin)
{
	const char *next, *first = retired_pins(app, terminal(), &next);

	return strcmp(first, pin) == 0 || (next && strcmp(next, pin) == 0);
}

static void outlives_a_restart(void **state)
{
	(void)state;
	start(site);
	assert_true(taken(PIN_A) && taken(PIN_B));
	restart(site);
	assert_false(retired_is(app, terminal()));
	assert_true(retired_note(app, terminal(), PIN_B));
	restart(site);
	assert_true(retired_is(app, terminal()));
	assert_false(taken(PIN_A));
	assert_true(taken(PIN_B));
	assert_false(retired_note(app, terminal(), PIN_B));	/* known already */
	/* whatever the terminal is called by now; a key that it is going to have is another thing */
	restart(SITE("SV9", PIN_A, PIN_B));
	assert_false(taken(PIN_A));
	restart(SITE("SV1", PIN_A, PIN_C));
	assert_true(taken(PIN_A));
	/* the site has one key, and a revision with both is brought back */
	restart(SITE("SV1", PIN_B, ""));
	assert_true(taken(PIN_B));
	restart(site);
	assert_false(taken(PIN_A));
	stop();
}

static const char *number_pin(int i)
{
	static char pin[64];

	snprintf(pin, sizeof pin, "sha256//%042dA=", i);
	return pin;
}

static void put_file(const char *text)
{
	assert_true(file_replace("retired", text, strlen(text), 0600, NULL));
}

/* A list of n that no site has, the first one the oldest, and the site's own before them. */
static void put_many(int n, int64_t at, bool own)
{
	struct text t = { 0 };

	text_add(&t, "{\"schema\":\"amc.retired.v1\",\"keys\":[");
	if (own)
		text_printf(&t, "{\"pin\":\"" PIN_A "\",\"next\":\"" PIN_B "\",\"at\":5},");
	for (int i = 0; i < n; i++)
		text_printf(&t, "%s{\"pin\":\"%s\",\"next\":\"" PIN_C "\",\"at\":%lld}", i ? "," : "",
		    number_pin(i), (long long)at + i);
	text_add(&t, "]}");
	put_file(t.s);
	text_done(&t);
}

static int kept(void)
{
	size_t len;
	char *text = file_read("retired", 1 << 20, &len, NULL), *at = text;
	int n = 0;

	for (; (at = strstr(at, "\"pin\"")); at++)
		n++;
	free(text);
	return n;
}

static bool keeps(const char *pin)
{
	size_t len;
	char *text = file_read("retired", 1 << 20, &len, NULL);
	bool is = strstr(text, pin) != NULL;

	free(text);
	return is;
}

static void ends_and_is_bounded(void **state)
{
	int64_t now = utc_now(), year = INT64_C(366) * 86400000;

	(void)state;
	/* a change comes, so the file is written anew */
	put_many(RETIRED_MAX + 20, now - 1000000, false);
	start(site);
	assert_true(retired_note(app, terminal(), PIN_B));
	assert_int_equal(kept(), RETIRED_MAX + 1);
	assert_false(keeps(number_pin(19)));
	assert_true(keeps(number_pin(20)));
	stop();
	for (int i = 0; i < 2; i++) {
		put_many(20, now - year + (i ? 100000 : -100000), false);
		start(site);
		assert_true(retired_note(app, terminal(), PIN_B));
		assert_int_equal(kept(), i ? 21 : 1);
		stop();
	}
	/* never what the site still has, however old it is */
	put_many(RETIRED_MAX, now, true);
	start(SITE("SV1", PIN_A, PIN_B) "[Terminal2]\nName=SV2\nParent=Group1.LinkedTerminals\n"
	    "KeyPin=" PIN_B "\nKeyPinNext=" PIN_C "\n");
	assert_true(retired_is(app, terminal()));
	assert_true(retired_note(app, node_terminal(site_find(app_site(app),
	    site_id(KIND_TERMINAL, 2))), PIN_C));
	assert_int_equal(kept(), RETIRED_MAX + 2);
	assert_true(keeps(PIN_A));
	stop();
}

static void damage_is_put_aside(void **state)
{
	static const char *const texts[] = { "", "{\"keys\":", "[]",
		"{\"keys\":[{\"pin\":\"/etc/passwd\",\"next\":7},{},3,\"x\"]}" };

	(void)state;
	for (int i = 0; i < 4; i++) {
		put_file(texts[i]);
		start(site);
		assert_false(retired_is(app, terminal()));
		assert_int_equal(access("retired.damaged", F_OK), i < 3 ? 0 : -1);
		unlink("retired.damaged");
		assert_true(retired_note(app, terminal(), PIN_B));
		restart(site);
		assert_true(retired_is(app, terminal()));
		stop();
		unlink("retired");
	}
}

/* A folder that nothing can be put into: it holds in memory. */
static void without_room_it_holds_for_now(void **state)
{
	(void)state;
	start(site);
	assert_int_equal(mkdir("retired", 0700), 0);
	assert_true(retired_note(app, terminal(), PIN_B));
	assert_false(taken(PIN_A));
	stop();
	assert_int_equal(rmdir("retired"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(outlives_a_restart), TEST(ends_and_is_bounded), TEST(damage_is_put_aside),
		TEST(without_room_it_holds_for_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
