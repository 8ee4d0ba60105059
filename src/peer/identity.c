/* identity - the key of this terminal and its certificate, in files; see trust.h */
#include "peer/keypair.h"
#include "peer/trust.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PEM_MAX = 64 * 1024 };

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
static bool open_key(struct identity *id, const char *key_path, const char *cert_path,
    struct err *e)
{
	size_t len;

	if (is_there(key_path)) {
		if (!key_is_private(key_path, e))
			return false;
		id->key_pem = file_read(key_path, PEM_MAX, &len, e);
		return id->key_pem &&
		    (keypair_pin(id->key_pem, id->pin, e) || err_at(e, "%s", key_path));
	}
	if (is_there(cert_path))
		return err_set(e, _("%s: missing, while cert.pem is there; put it back, or remove cert.pem too: this terminal then gets another key, and all that pinned the old one must be told"),
		    key_path);
	id->key_pem = keypair_new(e);
	return id->key_pem && keypair_pin(id->key_pem, id->pin, e) &&
	    put_file(key_path, id->key_pem, 0600, e);
}

static bool open_cert(struct identity *id, const char *cert_path, const char *name,
    struct err *e)
{
	char pin[PIN_SIZE];
	size_t len;

	if (!is_there(cert_path)) {
		id->cert_pem = keypair_certificate(id->key_pem, name, e);
		return id->cert_pem && put_file(cert_path, id->cert_pem, 0644, e);
	}
	id->cert_pem = file_read(cert_path, PEM_MAX, &len, e);
	if (!id->cert_pem)
		return false;
	if (!pin_of_cert(id->cert_pem, pin, e))
		return err_at(e, "%s", cert_path);
	return strcmp(pin, id->pin) == 0 ||
	    err_set(e, _("%s: not the certificate of key.pem; remove it, and it is made anew from the key"),
	    cert_path);
}

static bool open_both(struct identity *id, const char *key_path, const char *cert_path,
    const char *name, struct err *e)
{
	return open_key(id, key_path, cert_path, e) && open_cert(id, cert_path, name, e);
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
