/* duty-file - an order as it is kept over a restart; see duty-file.h */
#include "app/duty-file.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA "amc.duty-kept.v1"

enum { FILE_MOST = 16 * 1024 };

bool duty_boot(const char *root, char id[BOOT_ID], struct err *e)
{
	char *path = mem_printf("%s/proc/sys/kernel/random/boot_id", root);
	char *line = file_first_line(path, e);
	bool ok = line && (*line ? strlen(line) < BOOT_ID : false);

	if (ok)
		text_copy(id, BOOT_ID, line);
	else if (line)
		err_set(e, _("%s: not the number of a boot"), path);
	free(line);
	free(path);
	return ok;
}

bool duty_write(const char *path, const struct duty_kept *k, struct err *e)
{
	struct json *j = json_new_object();
	char *text;
	bool ok;

	json_put_text(j, "schema", SCHEMA);
	json_put_text(j, "boot", k->boot);
	json_put_int(j, "at", k->at);
	json_put_int(j, "due", k->due);
	json_put_int(j, "begun", k->begun);
	json_put_int(j, "in", k->order.in);
	json_put_int(j, "takes", k->order.takes);
	json_put_text(j, "who", k->order.who);
	json_put_text(j, "why", k->order.why);
	json_put_text(j, "from", k->order.from);
	json_put_text(j, "address", k->order.address);
	text = json_print(j);
	ok = file_replace(path, text, strlen(text), 0600, e);
	free(text);
	json_free(j);
	return ok;
}

static bool get_text(const struct json *j, const char *key, char *to, size_t size)
{
	const char *text = json_get_text(j, key);

	text_copy(to, size, text ? text : "");
	return text != NULL;
}

/* A whole number from 0 to most. */
static bool get_number(const struct json *j, const char *key, double most, int64_t *n)
{
	double value = json_get_number(j, key, -1);

	if (!(value >= 0 && value <= most))
		return false;
	*n = (int64_t)value;
	return true;
}

static bool parse(const struct json *j, struct duty_kept *k)
{
	const char *schema = json_get_text(j, "schema");
	struct duty_order *o = &k->order;
	const double ever = 9e15;	/* what a double holds exactly */
	int64_t in, takes;

	if (!schema || strcmp(schema, SCHEMA) != 0 ||
	    !get_text(j, "boot", k->boot, sizeof k->boot) ||
	    !get_number(j, "at", ever, &k->at) || !get_number(j, "due", ever, &k->due) ||
	    !get_number(j, "begun", ever, &k->begun) ||
	    !get_number(j, "in", DUTY_IN_MOST, &in) || !get_number(j, "takes", 1e6, &takes) ||
	    !get_text(j, "who", o->who, sizeof o->who) ||
	    !get_text(j, "why", o->why, sizeof o->why) ||
	    !get_text(j, "from", o->from, sizeof o->from) ||
	    !get_text(j, "address", o->address, sizeof o->address))
		return false;
	o->in = (int)in;
	o->takes = (int)takes;
	return true;
}

bool duty_read(const char *path, struct duty_kept *k, struct err *e)
{
	struct json *j;
	size_t len = 0;
	char *text;
	bool ok;

	*k = (struct duty_kept){ .at = 0 };
	if (access(path, F_OK) != 0 && errno == ENOENT)
		return false;
	text = file_read(path, FILE_MOST, &len, e);
	if (!text)
		return false;
	j = json_parse(text, len, e);
	ok = j && (parse(j, k) || err_set(e, _("%s: not a whole order"), path));
	json_free(j);
	free(text);
	return ok;
}

bool duty_remove(const char *path, struct err *e)
{
	char *dir = file_dir(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = unlink(path) == 0 || errno == ENOENT || err_errno(e, path);

	if (fd >= 0) {
		fsync(fd);	/* a folder that cannot be synced: a crash is another boot */
		close(fd);
	}
	free(dir);
	return ok;
}
