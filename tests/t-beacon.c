/*
 * Beacons: what is sent comes out, and nothing else passes: another key, another
 * site, a changed bit, a repetition, an old recording, any bytes at all.
 */
#include "peer/beacon.h"
#include "peer/beacon-port.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW INT64_C(1790000000000)

static unsigned char key[BEACON_KEY];

static struct beacon sample(void)
{
	struct beacon b = { .code = "ESMAcnet", .name = "制御サーバ1", .state = 2,
		.revision = 4000000000u, .digest = "\1\2\3\xff\5\6\7", .started = NOW - 5000,
		.counter = 3, .at = NOW };

	return b;
}

static void comes_out_as_it_went_in(void **state)
{
	struct beacon in = sample(), out;
	unsigned char bytes[BEACON_MAX];
	size_t len = beacon_encode(&in, key, bytes);

	(void)state;
	assert_true(len > 0);
	memset(&out, 0x55, sizeof out);
	assert_int_equal(beacon_decode(bytes, len, "ESMAcnet", key, &out), BEACON_GOOD);
	assert_memory_equal(&in, &out, sizeof in);
}

/* The MAC of a known beacon, as Python's hmac has it. */
static void is_made_as_the_page_says(void **state)
{
	struct beacon b = { .code = "C", .name = "N", .state = 1, .revision = 7, .started = 1,
		.counter = 2, .at = 3 };
	unsigned char bytes[BEACON_MAX];
	char hex[2 * BEACON_MAX + 1] = "", command[1200], line[200] = "";
	size_t len = beacon_encode(&b, key, bytes);
	FILE *python;

	(void)state;
	assert_int_equal(len, 44 + 2 + 32);
	for (size_t i = 0; i < len - 32; i++)
		sprintf(hex + 2 * i, "%02x", bytes[i]);
	snprintf(command, sizeof command, "python3 -c 'import hmac; print(hmac.new(bytes(range(32)),"
	    " bytes.fromhex(\"%s\"), \"sha256\").hexdigest())' 2>/dev/null", hex);
	python = popen(command, "r");
	if (!fgets(line, sizeof line, python)) {
		pclose(python);
		skip();
	}
	pclose(python);
	for (size_t i = 0; i < 32; i++)
		sprintf(hex + 2 * i, "%02x", bytes[len - 32 + i]);
	hex[64] = '\0';
	line[64] = '\0';
	assert_string_equal(hex, line);
}

static void others_do_not_pass(void **state)
{
	struct beacon in = sample(), out;
	unsigned char bytes[BEACON_MAX + 1], other[BEACON_KEY] = { 1 };
	size_t len = beacon_encode(&in, key, bytes);

	(void)state;
	assert_int_equal(beacon_decode(bytes, len, "ESMAcnet", other, &out), BEACON_FORGED);
	assert_int_equal(beacon_decode(bytes, len, "ESMAcneu", key, &out), BEACON_FOREIGN);
	assert_int_equal(beacon_decode(bytes, len, "ESMAcne", key, &out), BEACON_FOREIGN);
	assert_int_equal(beacon_decode(bytes, len + 1, "ESMAcnet", key, &out), BEACON_BROKEN);
	for (size_t short_by = 1; short_by <= len; short_by++)
		assert_int_equal(beacon_decode(bytes, len - short_by, "ESMAcnet", key, &out),
		    BEACON_BROKEN);
	for (size_t bit = 0; bit < 8 * len; bit++) {
		bytes[bit / 8] ^= 1 << bit % 8;
		assert_int_not_equal(beacon_decode(bytes, len, "ESMAcnet", key, &out), BEACON_GOOD);
		bytes[bit / 8] ^= 1 << bit % 8;
	}
	srand(1);
	for (int i = 0; i < 20000; i++) {
		size_t n = (size_t)rand() % sizeof bytes;

		for (size_t k = i % 2 ? 5 : 0; k < n; k++)
			bytes[k] = (unsigned char)rand();
		assert_int_not_equal(beacon_decode(bytes, n, "ESMAcnet", key, &out), BEACON_GOOD);
	}
}

static void too_long_a_name_is_refused(void **state)
{
	struct beacon b = sample();
	unsigned char bytes[BEACON_MAX];

	(void)state;
	memset(b.name, 'n', 255);
	b.name[255] = '\0';
	assert_true(beacon_encode(&b, key, bytes) > 0);
	memset(b.name, 'n', 256);
	b.name[256] = '\0';
	assert_int_equal(beacon_encode(&b, key, bytes), 0);
}

static void order_is_judged(void **state)
{
	struct beacon_window w = { 0 };
	struct beacon b = sample();

	(void)state;
	b.at = NOW - BEACON_SKEW_MS - 1;
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_OLD);
	b.at = NOW + BEACON_SKEW_MS + 1;
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_OLD);
	b.at = NOW - 1000;
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_GOOD);
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_REPLAYED);
	b.counter--;
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_REPLAYED);
	b.counter += 5;		/* some were lost */
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_GOOD);
	b.at = 1;		/* its clock was set; we know it by now */
	b.counter++;
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_GOOD);
	b.started += 100;	/* it was started anew */
	b.counter = 1;
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_GOOD);
	b.started -= 100;
	b.counter = 999;
	assert_int_equal(beacon_judge(&w, &b, NOW), BEACON_REPLAYED);
}

static void keys_are_read(void **state)
{
	static const char digits[] =
	    "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
	unsigned char got[BEACON_KEY];
	char bad[65];

	(void)state;
	assert_true(beacon_key(digits, got));
	assert_memory_equal(got, key, sizeof key);
	assert_false(beacon_key("", got));
	assert_false(beacon_key("00", got));
	strcpy(bad, digits);
	bad[63] = 'g';
	assert_false(beacon_key(bad, got));
}

struct ear {
	struct loop *loop;
	char from[64];
	size_t len;
	int n;
};

static void heard(const unsigned char *bytes, size_t len, const char *from, void *arg)
{
	struct ear *ear = arg;

	(void)bytes;
	ear->len = len;
	snprintf(ear->from, sizeof ear->from, "%s", from);
	ear->n++;
}

static void late(void *arg)
{
	*(bool *)arg = true;
}

/* One broadcast reaches both, one to a machine that one; also over IPv6. */
static void sockets_carry_them(void **state)
{
	const char *const all[] = { "127.255.255.255" }, *const one[] = { "127.0.71.2" };
	const char *const six[] = { "::1" };
	struct err e = { .text = "" };
	struct ear a = { .n = 0 }, b = { .n = 0 }, c = { .n = 0 };
	struct loop *loop = loop_new();
	int port = 20000 + (int)getpid() % 20000;
	struct beacon_port *pa = beacon_port_new(loop, "127.0.71.1", port, all, 1, heard, &a, &e);
	struct beacon_port *pb = beacon_port_new(loop, "127.0.71.2", port, all, 1, heard, &b, &e);
	struct beacon_port *pc = beacon_port_new(loop, "127.0.71.3", port, one, 1, heard, &c, &e);
	struct beacon_port *p6;
	bool enough = false;
	struct watch *timer = loop_after(loop, 5000, late, &enough);

	(void)state;
	if (!pa || !pb || !pc)
		fail_msg("%s", e.text);
	assert_int_equal(beacon_port_send(pa, (const unsigned char *)"hello", 5), 1);
	while ((!a.n || !b.n) && !enough)
		loop_once(loop, 100);
	assert_int_equal(a.n, 1);
	assert_int_equal(b.n, 1);
	assert_string_equal(b.from, "127.0.71.1");
	assert_int_equal(b.len, 5);
	assert_int_equal(beacon_port_send(pc, (const unsigned char *)"you", 3), 1);
	while (b.n < 2 && !enough)
		loop_once(loop, 100);
	assert_int_equal(b.n, 2);
	assert_string_equal(b.from, "127.0.71.3");
	assert_int_equal(a.n, 1);
	assert_int_equal(c.n, 0);
	p6 = beacon_port_new(loop, "::1", port, six, 1, heard, &c, &e);
	if (p6) {		/* where there is IPv6 */
		beacon_port_send(p6, (const unsigned char *)"six", 3);
		while (!c.n && !enough)
			loop_once(loop, 100);
		assert_string_equal(c.from, "::1");
	}
	loop_remove(timer);
	beacon_port_free(p6);
	beacon_port_free(pa);
	beacon_port_free(pb);
	beacon_port_free(pc);
	loop_free(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comes_out_as_it_went_in),
		cmocka_unit_test(is_made_as_the_page_says),
		cmocka_unit_test(others_do_not_pass),
		cmocka_unit_test(too_long_a_name_is_refused),
		cmocka_unit_test(order_is_judged),
		cmocka_unit_test(keys_are_read),
		cmocka_unit_test(sockets_carry_them),
	};

	for (int i = 0; i < BEACON_KEY; i++)
		key[i] = (unsigned char)i;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
