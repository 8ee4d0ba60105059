/* seal - one user's keys at one engine; see seal.h */
#include "snmp/seal.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

bool seal_keys(struct seal *s, struct secret *auth, struct secret *priv,
    const unsigned char *engine, size_t len)
{
	return (s->level < LEVEL_AUTH || s->auth_key.len > 0 ||
	    (auth && key_localise(&s->auth_key, auth, engine, len))) &&
	    (s->level < LEVEL_PRIV || s->priv_key.len > 0 ||
	    (priv && key_localise(&s->priv_key, priv, engine, len)));
}

void seal_forget(struct seal *s)
{
	s->auth_key.len = s->priv_key.len = 0;
}

/* What is in the buffer, encrypted in its place. */
static bool encrypt(const struct seal *s, struct ber_back *b, const struct salting *salting)
{
	unsigned char *out = mem_zero(b->used + BLOCK, 1);
	size_t len = cipher_encrypt(s->priv, &s->priv_key, salting, ber_start(b), b->used, out);

	b->used = 0;
	ber_put_octets(b, out, len);
	free(out);
	return len > 0;
}

static bool sign(const struct seal *s, const struct ber_back *b, const struct message *m)
{
	unsigned char mac[MAC_SIZE];

	if (!mac_make(s->auth, &s->auth_key, ber_start(b), b->used, mac))
		return false;
	memcpy(m->mac.p, mac, m->mac.n);
	return true;
}

bool seal_message(const struct seal *s, struct ber_back *b, struct message *m)
{
	struct salting salting = { .boots = m->boots, .time = m->time };

	m->flags &= ~(unsigned)(MESSAGE_AUTH | MESSAGE_PRIV);
	if (s->level > LEVEL_NONE) {
		m->flags |= MESSAGE_AUTH;
		m->mac.n = mac_size(s->auth);
	}
	if (s->level > LEVEL_AUTH) {
		m->flags |= MESSAGE_PRIV;
		salting_make(&salting, s->priv);
		m->salt = (struct ber){ salting.salt, SALT_SIZE };
		if (!encrypt(s, b, &salting))
			return false;
	}
	message_write(b, m);
	m->salt = (struct ber){ NULL, 0 };	/* it was ours */
	return s->level == LEVEL_NONE || sign(s, b, m);
}

/* The time that it takes must not tell how much of it was right. */
static bool equal(const unsigned char *a, const unsigned char *b, size_t n)
{
	unsigned differs = 0;

	for (size_t i = 0; i < n; i++)
		differs |= a[i] ^ b[i];
	return !differs;
}

bool seal_check(const struct seal *s, const struct message *m, unsigned char *bytes, size_t len)
{
	unsigned char mac[MAC_SIZE], told[MAC_SIZE];
	size_t n;

	if (s->level == LEVEL_NONE || s->auth_key.len == 0)
		return false;
	n = mac_size(s->auth);
	if (m->mac.n != n)
		return false;
	memcpy(told, m->mac.p, n);
	memset(m->mac.p, 0, n);
	return mac_make(s->auth, &s->auth_key, bytes, len, mac) && equal(mac, told, n);
}

bool seal_decrypt(const struct seal *s, const struct message *m, unsigned char **plain,
    struct ber *scoped)
{
	struct salting salting = { .boots = m->boots, .time = m->time };
	size_t n;

	*plain = NULL;
	if (s->level < LEVEL_PRIV || s->priv_key.len == 0 || m->salt.n != SALT_SIZE)
		return false;
	memcpy(salting.salt, m->salt.p, SALT_SIZE);
	*plain = mem_zero(m->scoped.n + BLOCK, 1);
	n = cipher_decrypt(s->priv, &s->priv_key, &salting, m->scoped.p, m->scoped.n, *plain);
	return n > 0 && scoped_open(*plain, n, scoped);
}
