/*
 * Keys, pins and passwords: what is made once stays, what is broken is told
 * and not mended by itself, and no secret is readable by others.
 */
#include "peer/trust.h"
#include "base/file.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[] = "/tmp/amc-trust-XXXXXX";

static char *in(const char *name)
{
	return file_join(dir, name);
}

static void put(const char *name, const char *text)
{
	char *path = in(name);
	struct err e;

	assert_true(file_replace(path, text, strlen(text), 0600, &e));
	free(path);
}

static char *get(const char *name)
{
	char *path = in(name), *text;
	struct err e;
	size_t len;

	text = file_read(path, 100000, &len, &e);
	free(path);
	return text;
}

static unsigned mode_of(const char *name)
{
	char *path = in(name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	free(path);
	return st.st_mode & 07777;
}

static int in_dir(void **state)
{
	(void)state;
	memcpy(dir + strlen(dir) - 6, "XXXXXX", 6);
	return mkdtemp(dir) ? 0 : -1;
}

static int out_of_dir(void **state)
{
	char *command = mem_printf("rm -rf '%s'", dir);
	int rc = system(command);

	(void)state;
	free(command);
	return rc;
}

static void has_words(const struct err *e, const char *words)
{
	if (!strstr(e->text, words))
		fail_msg("\"%s\" does not say \"%s\"", e->text, words);
}

static void identity_is_made_once(void **state)
{
	struct identity a, b;
	char pin[PIN_SIZE];
	char *sub = in("new/state");
	struct err e;

	(void)state;
	assert_true(identity_open(&a, sub, "SSC-CL-SV1", &e));
	assert_true(pin_is_valid(a.pin));
	assert_true(pin_of_cert(a.cert_pem, pin, &e));
	assert_string_equal(pin, a.pin);
	assert_int_equal(mode_of("new/state/key.pem"), 0600);
	assert_true(identity_open(&b, sub, "another name", &e));
	assert_string_equal(a.pin, b.pin);
	assert_string_equal(a.key_pem, b.key_pem);
	assert_string_equal(a.cert_pem, b.cert_pem);
	identity_done(&a);
	identity_done(&b);
	free(sub);
}

/* Wherever the change of a key breaks off: there is one key, whole, and at most one next. */
static void key_is_changed_whole(void **state)
{
	struct identity a, next, b;
	char *key = in("key.pem"), *cert = in("cert.pem"), *next_key = in("next-key.pem");
	char *old;
	struct err e;

	(void)state;
	assert_true(identity_open(&a, dir, "one", &e));
	assert_false(identity_switch(dir, "one", &e));
	has_words(&e, "there is no next key");
	assert_true(identity_next(&next, dir, "one", false, &e));
	assert_string_equal(next.pin, "");
	assert_true(identity_next(&next, dir, "one", true, &e));
	assert_true(pin_is_valid(next.pin));
	assert_string_not_equal(next.pin, a.pin);
	assert_int_equal(mode_of("next-key.pem"), 0600);
	old = get("cert.pem");

	/* before the new key is in place */
	unlink(cert);
	assert_true(identity_open(&b, dir, "one", &e));
	assert_string_equal(b.pin, a.pin);
	identity_done(&b);

	/* behind it, the certificate not yet */
	unlink(cert);
	assert_true(file_replace(key, next.key_pem, strlen(next.key_pem), 0600, &e));
	assert_true(identity_open(&b, dir, "one", &e));
	assert_string_equal(b.pin, next.pin);
	identity_done(&b);
	assert_true(identity_switch(dir, "one", &e));

	assert_true(identity_open(&b, dir, "one", &e));
	assert_string_equal(b.pin, next.pin);
	assert_int_equal(mode_of("key.pem"), 0600);
	identity_done(&b);
	assert_int_equal(access(next_key, F_OK), -1);

	/* the certificate of a next key that is gone */
	put("next-cert.pem", old);
	assert_true(identity_next(&b, dir, "one", true, &e));
	assert_string_not_equal(b.pin, a.pin);
	assert_string_not_equal(b.pin, next.pin);
	identity_done(&a);
	identity_done(&b);
	identity_done(&next);
	free(old);
	free(key);
	free(cert);
	free(next_key);
}

static void lost_certificate_is_made_anew(void **state)
{
	struct identity a, b;
	char *cert = in("cert.pem");
	struct err e;

	(void)state;
	assert_true(identity_open(&a, dir, "one", &e));
	unlink(cert);
	assert_true(identity_open(&b, dir, "one", &e));
	assert_string_equal(a.pin, b.pin);
	identity_done(&a);
	identity_done(&b);
	free(cert);
}

static void names_of_any_kind(void **state)
{
	static const char *const names[] = { "", "制御端末1",
		"制御端末制御端末制御端末制御端末制御端末制御端末制御端末",
		"a, CN=b+c=\"d\"\\", "x\n" };
	size_t i;
	char pin[PIN_SIZE];
	struct err e = { 0 };

	(void)state;
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct identity id;
		char name[20];
		char *sub;

		snprintf(name, sizeof name, "%zu", i);
		sub = in(name);
		if (!identity_open(&id, sub, names[i], &e))
			fail_msg("%s: %s", names[i], e.text);
		assert_true(pin_of_cert(id.cert_pem, pin, &e));
		identity_done(&id);
		free(sub);
	}
}

static void broken_keys_are_told(void **state)
{
	struct identity id;
	char *key = in("key.pem"), *cert = in("cert.pem"), *other;
	struct err e;

	(void)state;
	put("key.pem", "this is no key\n");
	assert_false(identity_open(&id, dir, "x", &e));
	has_words(&e, "key.pem: no private key in PEM");
	other = get("key.pem");
	assert_string_equal(other, "this is no key\n");
	free(other);
	put("key.pem", "");
	assert_false(identity_open(&id, dir, "x", &e));
	unlink(key);

	/* a certificate without its key is not given a new one silently */
	put("cert.pem", "whatever\n");
	assert_false(identity_open(&id, dir, "x", &e));
	has_words(&e, "key.pem: missing, while cert.pem is there");
	assert_int_equal(access(key, F_OK), -1);
	unlink(cert);

	assert_true(identity_open(&id, dir, "x", &e));
	identity_done(&id);
	put("cert.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n");
	assert_false(identity_open(&id, dir, "x", &e));
	has_words(&e, "cert.pem: this is no certificate in PEM");

	assert_int_equal(chmod(key, 0644), 0);
	assert_false(identity_open(&id, dir, "x", &e));
	has_words(&e, "(mode 0644)");
	free(key);
	free(cert);
}

static void foreign_certificate_is_told(void **state)
{
	struct identity id;
	char *a = in("a"), *b = in("b"), *cert;
	struct err e;

	(void)state;
	assert_true(identity_open(&id, a, "a", &e));
	identity_done(&id);
	assert_true(identity_open(&id, b, "b", &e));
	identity_done(&id);
	cert = get("a/cert.pem");
	put("b/cert.pem", cert);
	assert_false(identity_open(&id, b, "b", &e));
	has_words(&e, "not the certificate of key.pem");
	free(cert);
	free(a);
	free(b);
}

/* Of many that start at once all that succeed have the same key. */
static void starts_at_once(void **state)
{
	enum { N = 8 };
	struct identity id;
	int pipes[2], i, status;
	ssize_t n;
	char line[PIN_SIZE];
	struct err e;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	for (i = 0; i < N; i++)
		if (fork() == 0) {
			memset(line, 0, sizeof line);
			if (identity_open(&id, dir, "x", &e))
				memcpy(line, id.pin, sizeof line);
			_exit(write(pipes[1], line, sizeof line) != sizeof line);
		}
	for (i = 0; i < N; i++) {
		wait(&status);
		assert_int_equal(status, 0);
	}
	close(pipes[1]);
	assert_true(identity_open(&id, dir, "x", &e));
	while ((n = read(pipes[0], line, sizeof line)) == sizeof line)
		if (*line)
			assert_string_equal(line, id.pin);
	assert_int_equal(n, 0);
	close(pipes[0]);
	identity_done(&id);
}

static void pins_look_like_pins(void **state)
{
	static const struct {
		const char *pin;
		bool valid;
	} cases[] = {
		{ "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true },
		{ "sha256//abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP8=", true },
		{ "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=", false },
		{ "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false },
		{ "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false },
		{ "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ", false },
		{ "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false },
		{ "SHA256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false },
		{ "/etc/amc/key.pem", false },
		{ "", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (pin_is_valid(cases[i].pin) != cases[i].valid)
			fail_msg("%s", cases[i].pin);
}

static void passwords(void **state)
{
	char *hash, *again, *longest;
	struct err e;

	(void)state;
	hash = password_hash("correct horse", &e);
	again = password_hash("correct horse", &e);
	assert_non_null(hash);
	assert_int_equal(strncmp(hash, "$y$", 3), 0);
	assert_string_not_equal(hash, again);
	assert_true(password_matches("correct horse", hash));
	assert_true(password_matches("correct horse", again));
	assert_false(password_matches("correct hors", hash));
	assert_false(password_matches("correct horse ", hash));
	assert_false(password_matches("", hash));
	hash[strlen(hash) - 1] ^= 1;
	assert_false(password_matches("correct horse", hash));
	hash[strlen(hash) - 1] = '\0';
	assert_false(password_matches("correct horse", hash));
	free(hash);
	free(again);

	assert_false(password_matches("", ""));
	assert_false(password_matches("x", "*0"));
	assert_false(password_matches("x", "$y$"));
	assert_false(password_matches("x", "$y$j9T$"));
	assert_false(password_matches("x", "x"));
	/* "password" by the old DES: right, but not what we accept */
	assert_false(password_matches("password", "ab0kGE/OwASA."));

	assert_null(password_hash("short", &e));
	assert_string_equal(e.text,
	    "this password has 5 characters; at least 8 are needed");
	assert_null(password_hash("電源装置", &e));	/* 12 bytes, 4 characters */
	hash = password_hash("無停電電源装置群", &e);
	assert_true(password_matches("無停電電源装置群", hash));
	free(hash);
	longest = mem_zero(601, 1);
	memset(longest, 'x', 600);
	assert_null(password_hash(longest, &e));
	has_words(&e, "too long");
	free(longest);
}

static void hashes_and_chance(void **state)
{
	char hex[65], other[65], part[100];

	(void)state;
	sha256_hex("abc", 3, hex);
	assert_string_equal(hex,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_hex("", 0, hex);
	assert_string_equal(hex,
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	random_hex(hex, 32);
	random_hex(other, 32);
	assert_int_equal(strlen(hex), 64);
	assert_string_not_equal(hex, other);
	random_hex(part, 49);
	assert_int_equal(strspn(part, "0123456789abcdef"), 98);
	random_hex(part, 0);
	assert_string_equal(part, "");
}

static void known_pins(void **state)
{
	static const char one[] = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
	static const char two[] = "sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=";
	char *path = in("state/amc/pins"), *text;
	char pin[PIN_SIZE], next[PIN_SIZE];
	struct err e;

	(void)state;
	assert_true(known_pin(path, "10.0.0.1", 4000, pin, next, &e));
	assert_string_equal(pin, "");
	assert_true(known_pin_keep(path, "10.0.0.1", 4000, one, "", &e));
	assert_int_equal(mode_of("state/amc/pins"), 0600);
	assert_true(known_pin_keep(path, "fd00::1", 4000, two, "", &e));
	assert_true(known_pin_keep(path, "10.0.0.1", 4001, two, "", &e));
	assert_true(known_pin(path, "10.0.0.1", 4000, pin, next, &e));
	assert_string_equal(pin, one);
	assert_true(known_pin(path, "FD00::1", 4000, pin, next, &e));
	assert_string_equal(pin, two);
	assert_true(known_pin(path, "10.0.0.1", 400, pin, next, &e));
	assert_string_equal(pin, "");
	assert_true(known_pin_keep(path, "10.0.0.1", 4000, one, two, &e));
	assert_true(known_pin(path, "10.0.0.1", 4000, pin, next, &e));
	assert_string_equal(pin, one);
	assert_string_equal(next, two);
	assert_true(known_pin_keep(path, "10.0.0.1", 4000, two, "", &e));
	text = get("state/amc/pins");
	assert_string_equal(text, "[fd00::1]:4000 sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=\n"
	    "10.0.0.1:4001 sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=\n"
	    "10.0.0.1:4000 sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=\n");
	free(text);

	/* what a person wrote there stays; a broken pin is no first contact */
	put("state/amc/pins", "# mine\n\n  sv1:4000\tsha256//short\nsv2:4000");
	assert_false(known_pin(path, "sv1", 4000, pin, next, &e));
	has_words(&e, "pins:3: the pin of sv1:4000 is not");
	assert_string_equal(pin, "");
	assert_false(known_pin(path, "sv2", 4000, pin, next, &e));
	assert_true(known_pin_keep(path, "sv1", 4000, one, "", &e));
	text = get("state/amc/pins");
	assert_string_equal(text, "# mine\n\nsv2:4000\n"
	    "sv1:4000 sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
	free(text);
	assert_false(known_pin_keep(path, "a b", 1, one, "", &e));
	assert_false(known_pin_keep(path, "a\nb", 1, one, "", &e));
	assert_false(known_pin_keep(path, "a", 1, "sha256//x", "", &e));
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(identity_is_made_once, in_dir, out_of_dir),
		cmocka_unit_test_setup_teardown(key_is_changed_whole, in_dir, out_of_dir),
		cmocka_unit_test_setup_teardown(lost_certificate_is_made_anew, in_dir, out_of_dir),
		cmocka_unit_test_setup_teardown(names_of_any_kind, in_dir, out_of_dir),
		cmocka_unit_test_setup_teardown(broken_keys_are_told, in_dir, out_of_dir),
		cmocka_unit_test_setup_teardown(foreign_certificate_is_told, in_dir, out_of_dir),
		cmocka_unit_test_setup_teardown(starts_at_once, in_dir, out_of_dir),
		cmocka_unit_test(pins_look_like_pins),
		cmocka_unit_test(passwords),
		cmocka_unit_test(hashes_and_chance),
		cmocka_unit_test_setup_teardown(known_pins, in_dir, out_of_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
