/* channel - where notifications go; see channel.h */
#include "app/channel.h"
#include "base/conf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/entry.h"
#include "peer/outgoing.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTION "notify "
#define NAME "abcdefghijklmnopqrstuvwxyz0123456789-_"
#define SENDMAIL "/usr/sbin/sendmail -i"

static const char *const vias[VIA_COUNT + 1] = { "sendmail", "smtp", "webhook", "command",
	NULL };

/* Which keys count for which way; the others are refused there. */
static const struct {
	const char *key;
	unsigned vias;
} keys[] = {
#define MAIL (1u << VIA_SENDMAIL | 1u << VIA_SMTP)
#define ALL ((1u << VIA_COUNT) - 1)
	{ "Via", ALL }, { "Severity", ALL }, { "Kinds", ALL }, { "Nodes", ALL },
	{ "Language", ALL }, { "Wait", ALL }, { "Timeout", ALL },
	{ "From", MAIL }, { "To", MAIL },
	{ "Server", 1u << VIA_SMTP }, { "Security", 1u << VIA_SMTP }, { "User", 1u << VIA_SMTP },
	{ "PasswordFile", 1u << VIA_SMTP },
	{ "CAFile", 1u << VIA_SMTP | 1u << VIA_WEBHOOK },
	{ "Url", 1u << VIA_WEBHOOK }, { "TokenFile", 1u << VIA_WEBHOOK },
	{ "Command", 1u << VIA_SENDMAIL | 1u << VIA_COMMAND },
};

struct section {
	const struct conf *conf;
	const char *path;
	const char *name;	/* "notify mail" */
};

const char *channel_via_word(enum channel_via v)
{
	return vias[v];
}

/* NULL when it is not there or empty. */
static const char *get(const struct section *s, const char *key)
{
	const char *value = conf_get(s->conf, s->name, key);

	return value && *value ? value : NULL;
}

static char *copy_of(const struct section *s, const char *key)
{
	const char *value = get(s, key);

	return value ? mem_dup(value) : NULL;
}

/* A file that is read later, from another folder. */
static bool file_of(const struct section *s, const char *key, char **path, struct err *e)
{
	*path = copy_of(s, key);
	return !*path || **path == '/' || err_set(e, _("%s = %s: not a whole path"), key, *path);
}

static void channel_done(struct channel *c)
{
	words_done(&c->to);
	words_done(&c->command);
	words_done(&c->nodes);
	free(c->conf);
	free(c->name);
	free(c->from);
	free(c->url);
	free(c->ca_file);
	free(c->user);
	free(c->secret_file);
	free(c->language);
}

static bool number(const struct section *s, const char *key, int least, int most, int *n,
    struct err *e)
{
	const char *text = get(s, key);
	char *end;
	long value = text ? strtol(text, &end, 10) : *n;

	if (text && (*end || value < least || value > most))
		return err_set(e, _("%s = %s: not a number of seconds from %d to %d"), key, text,
		    least, most);
	*n = (int)value;
	return true;
}

/* Its number in a list of words; what is not said is `fallback`. */
static bool choice(const struct section *s, const char *key, const char *const *list,
    int fallback, int *chosen, struct err *e)
{
	const char *text = get(s, key);
	struct text all = { 0 };

	*chosen = fallback;
	for (int i = 0; text && list[i]; i++)
		if (text_equal_fold(text, list[i])) {
			*chosen = i;
			return true;
		}
	if (!text && fallback >= 0)
		return true;
	for (int i = 0; list[i]; i++)
		text_printf(&all, "%s%s", i ? ", " : "", list[i]);
	err_set(e, _("%s = %s: one of %s"), key, text ? text : "", all.s);
	text_done(&all);
	return false;
}

static bool check_keys(const struct section *s, enum channel_via via, struct err *e)
{
	const char *known[sizeof keys / sizeof *keys + 1], *stranger;
	size_t n = 0;

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i].vias & 1u << via)
			known[n++] = keys[i].key;
	known[n] = NULL;
	stranger = conf_stranger(s->conf, s->name, known, 0);
	return !stranger || err_set(e, _("line %ld: it has no key %s"),
	    conf_line(s->path, s->name, stranger), stranger);
}

static bool is_address(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && at[1] && !strchr(at + 1, '@') && *s != '-' && text_is_ascii(s) &&
	    !strpbrk(s, " <>()[],;:\\\"");
}

static bool read_mail(struct channel *c, const struct section *s, struct err *e)
{
	char host[HOST_NAME_MAX + 1] = "localhost";

	gethostname(host, sizeof host - 1);
	words_split(&c->to, get(s, "To"), ", ");
	c->from = get(s, "From") ? copy_of(s, "From") : mem_printf("amc@%s", host);
	if (!c->to.n)
		return err_set(e, _("To: whom the mail is for is missing"));
	for (size_t i = 0; i < c->to.n; i++)
		if (!is_address(c->to.list[i]))
			return err_set(e, _("To = %s: not a mail address like name@example.com"),
			    c->to.list[i]);
	return is_address(c->from) || err_set(e,
	    _("From = %s: not a mail address like name@example.com"), c->from);
}

static bool read_smtp(struct channel *c, const struct section *s, struct err *e)
{
	static const char *const kinds[] = { "none", "starttls", "tls", NULL };
	const char *server = get(s, "Server");
	int security;

	if (!choice(s, "Security", kinds, 1, &security, e))
		return false;
	if (!server)
		return err_set(e, _("Server: HOST or HOST:PORT of the mail server is missing"));
	c->starttls = security == 1;
	c->url = mem_printf("%s://%s", security == 2 ? "smtps" : "smtp", server);
	c->user = copy_of(s, "User");
	if (!file_of(s, "PasswordFile", &c->secret_file, e))
		return false;
	if (c->secret_file && (!c->user || security == 0))
		return err_set(e,
		    _("PasswordFile: needs User, and Security = starttls or tls: a password is not sent in clear"));
	return outgoing_url(c->url, "smtp smtps", e);
}

static bool read_webhook(struct channel *c, const struct section *s, struct err *e)
{
	c->url = copy_of(s, "Url");
	if (!file_of(s, "TokenFile", &c->secret_file, e))
		return false;
	if (!c->url)
		return err_set(e, _("Url: where it is posted to is missing"));
	if (!outgoing_url(c->url, "https http", e))
		return false;
	return !c->secret_file || strncmp(c->url, "https:", 6) == 0 ||
	    err_set(e, _("TokenFile: needs a Url with https: a token is not sent in clear"));
}

static bool read_command(struct channel *c, const struct section *s, struct err *e)
{
	const char *text = get(s, "Command");

	words_split(&c->command, text ? text : c->via == VIA_SENDMAIL ? SENDMAIL : "", " ");
	return words_can_run(&c->command, "Command", e);
}

static bool read_kinds(struct channel *c, const struct section *s, struct err *e)
{
	struct words w = { 0 };
	enum entry_kind k;
	bool ok = true;

	words_split(&w, get(s, "Kinds"), ", ");
	for (size_t i = 0; ok && i < w.n; i++) {
		ok = entry_kind_from_word(w.list[i], &k) ||
		    err_set(e, _("Kinds = %s: there is no such kind of event"), w.list[i]);
		if (ok)
			c->kinds |= 1u << k;
	}
	words_done(&w);
	return ok;
}

static bool read_common(struct channel *c, const struct section *s, struct err *e)
{
	static const char *const severities[] = { "note", "warning", "alarm", NULL };
	static const char *const languages[] = { "en", "ja", NULL };
	int wait = 20, timeout = 30, severity, language;

	if (!choice(s, "Severity", severities, 1, &severity, e) ||
	    !choice(s, "Language", languages, 0, &language, e) ||
	    !number(s, "Wait", 1, 600, &wait, e) || !number(s, "Timeout", 1, 300, &timeout, e) ||
	    !read_kinds(c, s, e))
		return false;
	c->severity = severity + 1;
	c->language = mem_dup(languages[language]);
	c->wait_ms = wait * 1000;
	c->timeout_ms = timeout * 1000;
	words_split(&c->nodes, get(s, "Nodes"), ",");
	return file_of(s, "CAFile", &c->ca_file, e);
}

static bool channel_read(struct channel *c, const struct section *s, struct err *e)
{
	
	int via = 0;

	*c = (struct channel){ .conf = mem_dup(s->path),
		.name = mem_dup(s->name + strlen(SECTION)) };
	if (!*c->name || c->name[strspn(c->name, NAME)])
		return err_set(e, _("a channel's name has letters of ASCII, digits, - and _"));
	if (!choice(s, "Via", vias, -1, &via, e))
		return false;
	c->via = (enum channel_via)via;
	return check_keys(s, c->via, e) && read_common(c, s, e) &&
	    (!(MAIL & 1u << via) || read_mail(c, s, e)) &&
	    (c->via != VIA_SMTP || read_smtp(c, s, e)) &&
	    (c->via != VIA_WEBHOOK || read_webhook(c, s, e)) &&
	    (c->via == VIA_SMTP || c->via == VIA_WEBHOOK || read_command(c, s, e));
}

bool channels_read(struct channels *l, const char *path, struct err *e)
{
	struct conf *conf = conf_read(path, e);
	char *whole = realpath(path, NULL);	/* commands run in another folder */
	struct section s = { .conf = conf, .path = whole ? whole : path };
	bool ok = conf;

	*l = (struct channels){ 0 };
	for (int i = 0; ok && (s.name = conf_section(conf, i)); i++) {
		if (strncmp(s.name, SECTION, strlen(SECTION)) != 0)
			continue;
		mem_grow(l->list, l->n, l->cap);
		ok = channel_read(&l->list[l->n++], &s, e) ||
		    err_at(e, "%s: [%s]", path, s.name);
	}
	conf_free(conf);
	free(whole);
	if (!ok)
		channels_done(l);
	return ok;
}

void channels_done(struct channels *l)
{
	for (size_t i = 0; i < l->n; i++)
		channel_done(&l->list[i]);
	free(l->list);
	*l = (struct channels){ 0 };
}

const struct channel *channels_find(const struct channels *l, const char *name, struct err *e)
{
	struct text all = { 0 };

	for (size_t i = 0; i < l->n; i++)
		if (text_equal_fold(l->list[i].name, name))
			return &l->list[i];
	for (size_t i = 0; i < l->n; i++)
		text_printf(&all, " %s", l->list[i].name);
	err_kind(e, ERR_USAGE, _("%s: there is no such channel; there are:%s"), name,
	    all.len ? all.s : _(" none"));
	text_done(&all);
	return NULL;
}
