/* What amcd says: lines that come again and again are counted, none is lost. */
#include "base/log.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char said[16384];
static char fields[400];
static unsigned lines;

static void take(enum log_level level, const char *name, const char *line,
    const struct log_about *about)
{
	(void)level;
	(void)name;
	lines++;
	strcat(said, line);
	strcat(said, "\n");
	*fields = '\0';
	for (size_t i = 0; about && i < about->n; i++) {
		strcat(fields, about->fields[i].name);
		strcat(fields, "=");
		strcat(fields, about->fields[i].value);
	}
}

static int begin(void **state)
{
	(void)state;
	log_init("t", LOG_LEVEL_NOTICE);
	log_take(take);
	*said = *fields = '\0';
	lines = 0;
	return 0;
}

static int end(void **state)
{
	(void)state;
	log_calm_end();
	return 0;
}

static void test_without_calm(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++)
		log_notice("the same");
	assert_int_equal(lines, 20);
}

static void test_burst(void **state)
{
	(void)state;
	log_calm(1000);
	for (int i = 0; i < 22; i++) {
		log_notice("a card is silent");
		log_notice("line %d", i);	/* others between do not hide it */
	}
	assert_int_equal(lines, LOG_BURST + 22);
	log_calm(1000 + LOG_CALM_MS - 1);
	assert_int_equal(lines, LOG_BURST + 22);
	*said = '\0';
	log_calm(1000 + LOG_CALM_MS);
	assert_string_equal(said, "the message came 17 times more: a card is silent\n");
	*said = '\0';
	log_notice("a card is silent");		/* a new minute */
	assert_string_equal(said, "a card is silent\n");
}

static void test_level_differs(void **state)
{
	(void)state;
	log_calm(0);
	for (int i = 0; i < LOG_BURST; i++)
		log_notice("x");
	log_error("x");
	assert_int_equal(lines, LOG_BURST + 1);
}

/* More lines than are remembered: what was counted of the oldest is told, not lost. */
static void test_many(void **state)
{
	(void)state;
	log_calm(0);
	for (int i = 0; i < LOG_BURST + 3; i++)
		log_notice("first");
	log_calm(10);
	for (int i = 0; i < 100; i++)
		log_notice("other %d", i);
	assert_non_null(strstr(said, "the message came 3 times more: first\n"));
	assert_int_equal(lines, LOG_BURST + 100 + 1);
}

static void test_end_tells(void **state)
{
	(void)state;
	log_calm(0);
	for (int i = 0; i < LOG_BURST + 1; i++)
		log_notice("x");
	*said = '\0';
	log_calm_end();
	assert_string_equal(said, "the message came 1 times more: x\n");
	*said = '\0';
	log_calm_end();
	assert_string_equal(said, "");
}

static void test_long_line(void **state)
{
	char longest[3000];

	(void)state;
	memset(longest, 'y', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	log_calm(0);
	for (int i = 0; i < LOG_BURST; i++)
		log_notice("short");
	*said = '\0';
	log_notice("%s", longest);
	assert_int_equal(strlen(said), 1024);
	*said = '\0';
	for (int i = 0; i < LOG_BURST; i++)
		log_notice("%s", longest);
	*said = '\0';
	log_calm_end();
	assert_non_null(strstr(said, "came 1 times more: yyyy"));
}

static void test_fields(void **state)
{
	struct log_field f[] = { { "AMC_NODE", "UPS1" } };
	struct log_about about = { "0", f, 1 };

	(void)state;
	log_event(LOG_LEVEL_ERROR, &about, "line\nforged %d", 7);
	assert_string_equal(said, "line forged 7\n");
	assert_string_equal(fields, "AMC_NODE=UPS1");
	log_event(LOG_LEVEL_DEBUG, &about, "not at this level");
	assert_int_equal(lines, 1);
}

#define test(t) cmocka_unit_test_setup_teardown(t, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(test_without_calm), test(test_burst), test(test_level_differs),
		test(test_many), test(test_end_tells), test(test_long_line), test(test_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
