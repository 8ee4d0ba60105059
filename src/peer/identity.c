/* identity - keys, certificates, hashes and chance; a door to GnuTLS; see trust.h */
#include "peer/trust.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "peer/identity-lazy.h"

enum { PEM_MAX = 64 * 1024 };

static bool tls_err(struct err *e, const char *what, int code)
{
	return err_set(e, "%s: %s", what, gnutls_strerror(code));
}

/* A key or a certificate has the same pin: it is of the public key alone. */
static bool make_pin(const unsigned char *id, size_t len, char pin[PIN_SIZE],
    struct err *e)
{
	gnutls_datum_t in = { (unsigned char *)id, (unsigned)len }, out;
	int rc = gnutls_base64_encode2(&in, &out);

	if (rc < 0)
		return tls_err(e, _("the pin of a key"), rc);
	snprintf(pin, PIN_SIZE, "sha256//%s", (const char *)out.data);
	gnutls_free(out.data);
	return true;
}

static bool pin_of(const gnutls_datum_t *bytes, gnutls_x509_crt_fmt_t format,
    char pin[PIN_SIZE], struct err *e)
{
	gnutls_x509_crt_t cert;
	unsigned char id[32];
	size_t len = sizeof id;
	bool ok = false;
	int rc;

	rc = gnutls_x509_crt_init(&cert);
	if (rc < 0)
		return tls_err(e, _("certificate"), rc);
	rc = gnutls_x509_crt_import(cert, bytes, format);
	if (rc >= 0)
		rc = gnutls_x509_crt_get_key_id(cert, GNUTLS_KEYID_USE_SHA256,
		    id, &len);
	if (rc < 0)
		tls_err(e, _("this is no certificate in PEM"), rc);
	else
		ok = make_pin(id, len, pin, e);
	gnutls_x509_crt_deinit(cert);
	return ok;
}

bool pin_of_cert(const char *cert_pem, char pin[PIN_SIZE], struct err *e)
{
	gnutls_datum_t pem = { (unsigned char *)cert_pem,
		(unsigned)strlen(cert_pem) };

	return pin_of(&pem, GNUTLS_X509_FMT_PEM, pin, e);
}

/* That it has the key to the certificate is a part of the handshake, whoever signed it. */
void pin_of_peer(void *session, char pin[PIN_SIZE])
{
	unsigned n = 0;
	const gnutls_datum_t *list = gnutls_certificate_get_peers(session, &n);

	if (!list || n == 0 || !pin_of(&list[0], GNUTLS_X509_FMT_DER, pin, NULL))
		*pin = '\0';
}

static bool pin_of_key(gnutls_x509_privkey_t key, char pin[PIN_SIZE],
    struct err *e)
{
	unsigned char id[32];
	size_t len = sizeof id;
	int rc = gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256,
	    id, &len);

	return rc < 0 ? tls_err(e, _("the pin of a key"), rc) :
	    make_pin(id, len, pin, e);
}

static gnutls_x509_privkey_t key_new(struct err *e)
{
	gnutls_x509_privkey_t key;
	int rc = gnutls_x509_privkey_init(&key);

	if (rc < 0) {
		tls_err(e, _("a new key"), rc);
		return NULL;
	}
	rc = gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
	    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	if (rc < 0) {
		tls_err(e, _("a new key"), rc);
		gnutls_x509_privkey_deinit(key);
		return NULL;
	}
	return key;
}

static gnutls_x509_privkey_t key_parse(const char *pem, struct err *e)
{
	gnutls_datum_t data = { (unsigned char *)pem, (unsigned)strlen(pem) };
	gnutls_x509_privkey_t key;
	int rc = gnutls_x509_privkey_init(&key);

	if (rc >= 0) {
		rc = gnutls_x509_privkey_import2(key, &data,
		    GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN);
		if (rc >= 0)
			return key;
		gnutls_x509_privkey_deinit(key);
	}
	err_set(e, _("no private key in PEM (%s); put the right one back, or remove key.pem and cert.pem together: this terminal then gets another key, and all that pinned the old one must be told"),
	    gnutls_strerror(rc));
	return NULL;
}

static char *key_print(gnutls_x509_privkey_t key, struct err *e)
{
	gnutls_datum_t pem;
	char *text;
	int rc = gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM,
	    NULL, GNUTLS_PKCS_PLAIN, &pem);

	if (rc < 0) {
		tls_err(e, _("a new key"), rc);
		return NULL;
	}
	text = mem_ndup((const char *)pem.data, pem.size);
	explicit_bzero(pem.data, pem.size);
	gnutls_free(pem.data);
	return text;
}

/* At most 64 bytes of it (X.509 allows no longer name), never half a character. */
static size_t name_len(const char *name)
{
	size_t n = strlen(name);

	if (n > 64)
		for (n = 64; n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80; n--)
			;
	return n;
}

static int cert_fill(gnutls_x509_crt_t cert, gnutls_x509_privkey_t key,
    const char *name)
{
	unsigned char serial[16];
	int rc;

	gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial);
	serial[0] = (serial[0] & 0x7f) | 0x40;	/* positive, of full length */
	if ((rc = gnutls_x509_crt_set_version(cert, 3)) < 0 ||
	    (rc = gnutls_x509_crt_set_serial(cert, serial, sizeof serial)) < 0 ||
	    (rc = gnutls_x509_crt_set_dn_by_oid(cert, GNUTLS_OID_X520_COMMON_NAME,
	    0, name, (unsigned)name_len(name))) < 0)
		return rc;
	/* known by its pin and not by dates: a clock that is wrong must not matter */
	if ((rc = gnutls_x509_crt_set_activation_time(cert, 0)) < 0 ||
	    (rc = gnutls_x509_crt_set_expiration_time(cert,
	    GNUTLS_X509_NO_WELL_DEFINED_EXPIRATION)) < 0 ||
	    (rc = gnutls_x509_crt_set_basic_constraints(cert, 0, -1)) < 0 ||
	    (rc = gnutls_x509_crt_set_key_usage(cert,
	    GNUTLS_KEY_DIGITAL_SIGNATURE)) < 0 ||
	    (rc = gnutls_x509_crt_set_key(cert, key)) < 0)
		return rc;
	return gnutls_x509_crt_sign2(cert, cert, key, GNUTLS_DIG_SHA256, 0);
}

static char *cert_print(gnutls_x509_privkey_t key, const char *name,
    struct err *e)
{
	gnutls_x509_crt_t cert;
	gnutls_datum_t pem;
	char *text = NULL;
	int rc = gnutls_x509_crt_init(&cert);

	if (rc >= 0) {
		rc = cert_fill(cert, key, *name ? name : "amcd");
		if (rc >= 0)
			rc = gnutls_x509_crt_export2(cert, GNUTLS_X509_FMT_PEM,
			    &pem);
		gnutls_x509_crt_deinit(cert);
	}
	if (rc < 0) {
		tls_err(e, _("a new certificate"), rc);
		return NULL;
	}
	text = mem_ndup((const char *)pem.data, pem.size);
	gnutls_free(pem.data);
	return text;
}

static bool is_there(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 || errno != ENOENT;
}

static bool key_is_private(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_errno(e, path);
	if (st.st_mode & 077)
		return err_set(e, _("%s: others than its owner can get at it (mode %04o); chmod 600 it, if nobody has seen it"),
		    path, (unsigned)st.st_mode & 07777);
	return true;
}

/* Made by root, for the service, who is to read it. */
static bool put_file(const char *path, const char *text, mode_t mode, struct err *e)
{
	char *dir = file_dir(path);
	struct stat st;
	bool ok = file_replace(path, text, strlen(text), mode, e);

	if (ok && geteuid() == 0 && stat(dir, &st) == 0 && lchown(path, st.st_uid, st.st_gid) < 0)
		ok = err_errno(e, path);
	free(dir);
	return ok;
}

/* What there is is read, what there is not is made; what there is stays. */
static bool open_both(struct identity *id, const char *key_path,
    const char *cert_path, const char *name, struct err *e)
{
	gnutls_x509_privkey_t key = NULL;
	char pin[PIN_SIZE];
	size_t len;
	bool ok = false;

	if (is_there(key_path)) {
		if (!key_is_private(key_path, e))
			return false;
		id->key_pem = file_read(key_path, PEM_MAX, &len, e);
		if (id->key_pem && !(key = key_parse(id->key_pem, e)))
			err_at(e, "%s", key_path);
	} else if (is_there(cert_path)) {
		return err_set(e, _("%s: missing, while cert.pem is there; put it back, or remove cert.pem too: this terminal then gets another key, and all that pinned the old one must be told"),
		    key_path);
	} else if ((key = key_new(e))) {
		id->key_pem = key_print(key, e);
		if (!id->key_pem || !put_file(key_path, id->key_pem, 0600, e))
			goto out;
	}
	if (!key || !pin_of_key(key, id->pin, e))
		goto out;
	if (is_there(cert_path)) {
		id->cert_pem = file_read(cert_path, PEM_MAX, &len, e);
		if (!id->cert_pem)
			goto out;
		if (!pin_of_cert(id->cert_pem, pin, e))
			err_at(e, "%s", cert_path);
		else if (strcmp(pin, id->pin) != 0)
			err_set(e, _("%s: not the certificate of key.pem; remove it, and it is made anew from the key"),
			    cert_path);
		else
			ok = true;
	} else {
		id->cert_pem = cert_print(key, name, e);
		ok = id->cert_pem && put_file(cert_path, id->cert_pem, 0644, e);
	}
out:
	if (key)
		gnutls_x509_privkey_deinit(key);
	return ok;
}

/* While it is held nobody makes a key or a certificate in that folder. */
static int hold(const char *dir, const char *key_path, struct err *e)
{
	return file_mkdirs(dir, 0700, e) ? file_lock(key_path, e) : -1;
}

/*
 * Made when they are missing, for which two that start at once must not make two. What
 * does not fit together may just be changed by another (identity_switch()): looked at again
 * when nobody does.
 */
static bool open_pair(struct identity *id, const char *dir, const char *key,
    const char *cert, const char *name, struct err *e)
{
	char *key_path = file_join(dir, key), *cert_path = file_join(dir, cert);
	int lock = -1;
	bool ok = false;

	memset(id, 0, sizeof *id);
	if (is_there(key_path) && is_there(cert_path))
		ok = open_both(id, key_path, cert_path, name, e);
	if (!ok && (lock = hold(dir, key_path, e)) >= 0) {
		identity_done(id);
		ok = open_both(id, key_path, cert_path, name, e);
		file_unlock(lock, key_path);
	}
	if (!ok)
		identity_done(id);
	free(key_path);
	free(cert_path);
	return ok;
}

static void remove_in(const char *dir, const char *name)
{
	char *path = file_join(dir, name);

	unlink(path);
	free(path);
}

static bool is_in(const char *dir, const char *name)
{
	char *path = file_join(dir, name);
	bool there = is_there(path);

	free(path);
	return there;
}

bool identity_open(struct identity *id, const char *dir, const char *name,
    struct err *e)
{
	return open_pair(id, dir, "key.pem", "cert.pem", name, e);
}

bool identity_next(struct identity *id, const char *dir, const char *name, bool make,
    struct err *e)
{
	memset(id, 0, sizeof *id);
	if (!is_in(dir, "next-key.pem")) {
		remove_in(dir, "next-cert.pem");	/* of a change that broke off */
		if (!make)
			return true;
	}
	return open_pair(id, dir, "next-key.pem", "next-cert.pem", name, e);
}

static bool put_in(const char *dir, const char *name, const char *text, mode_t mode,
    struct err *e)
{
	char *path = file_join(dir, name);
	bool ok = put_file(path, text, mode, e);

	free(path);
	return ok;
}

/*
 * A key without certificate gets one at the next start, and a next key that is
 * the present one is none: wherever this breaks off there is one key, whole.
 */
bool identity_switch(const char *dir, const char *name, struct err *e)
{
	struct identity next;
	char *key_path;
	int lock;
	bool ok;

	if (!identity_next(&next, dir, name, false, e))
		return false;
	if (!*next.pin)
		return err_set(e, _("%s: there is no next key; amcd rotate-key makes one"), dir);
	key_path = file_join(dir, "key.pem");
	lock = hold(dir, key_path, e);
	if (lock >= 0)
		remove_in(dir, "cert.pem");
	ok = lock >= 0 && put_in(dir, "key.pem", next.key_pem, 0600, e) &&
	    put_in(dir, "cert.pem", next.cert_pem, 0644, e);
	if (ok)
		identity_forget_next(dir);
	file_unlock(lock, key_path);
	free(key_path);
	identity_done(&next);
	return ok;
}

void identity_forget_next(const char *dir)
{
	remove_in(dir, "next-key.pem");
	remove_in(dir, "next-cert.pem");
}

void identity_done(struct identity *id)
{
	if (id->key_pem)
		explicit_bzero(id->key_pem, strlen(id->key_pem));
	free(id->key_pem);
	free(id->cert_pem);
	memset(id, 0, sizeof *id);
}

static void to_hex(char *hex, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < n; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * n] = '\0';
}

void sha256_hex(const void *bytes, size_t len, char hex[65])
{
	unsigned char sum[32];

	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, len, sum) < 0)
		abort();	/* only a GnuTLS without SHA-256 */
	to_hex(hex, sum, sizeof sum);
}

void hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t len,
    unsigned char mac[32])
{
	if (gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, key_len, bytes, len, mac) < 0)
		abort();	/* as above */
}

void random_hex(char *hex, size_t n)
{
	unsigned char bytes[32];
	size_t part;

	for (*hex = '\0'; n > 0; n -= part, hex += 2 * part) {
		part = n < sizeof bytes ? n : sizeof bytes;
		if (gnutls_rnd(GNUTLS_RND_KEY, bytes, part) < 0)
			abort();	/* no chance in this machine */
		to_hex(hex, bytes, part);
	}
}
