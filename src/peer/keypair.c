/* keypair - a key and its certificate, in PEM; a door to GnuTLS; see keypair.h */
#include "peer/keypair.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

#include "peer/keypair-lazy.h"

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

static gnutls_x509_privkey_t key_make(struct err *e)
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

char *keypair_new(struct err *e)
{
	gnutls_x509_privkey_t key = key_make(e);
	char *text = key ? key_print(key, e) : NULL;

	if (key)
		gnutls_x509_privkey_deinit(key);
	return text;
}

bool keypair_pin(const char *key_pem, char pin[PIN_SIZE], struct err *e)
{
	gnutls_x509_privkey_t key = key_parse(key_pem, e);
	unsigned char id[32];
	size_t len = sizeof id;
	int rc;

	if (!key)
		return false;
	rc = gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, id, &len);
	gnutls_x509_privkey_deinit(key);
	return rc < 0 ? tls_err(e, _("the pin of a key"), rc) : make_pin(id, len, pin, e);
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

char *keypair_certificate(const char *key_pem, const char *name, struct err *e)
{
	gnutls_x509_privkey_t key = key_parse(key_pem, e);
	char *text = key ? cert_print(key, name, e) : NULL;

	if (key)
		gnutls_x509_privkey_deinit(key);
	return text;
}
