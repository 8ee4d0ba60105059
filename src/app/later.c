/* later - the consent for those who are away; see later.h */
#include "app/later.h"
#include "app/staging.h"
#include "base/file.h"
#include "base/json.h"
#include "store/history.h"
#include "store/sitefile.h"

#include <stdlib.h>
#include <string.h>

static void add_tag(struct json *list, int revision, const char *bytes, size_t len)
{
	char tag[80];

	site_tag(revision, bytes, len, tag);
	tag[strlen(tag) - 1] = '\0';	/* without its quotes */
	json_add_text(list, tag + 1);
}

static void add_history(struct json *list, const char *path)
{
	struct history_entry *kept;
	size_t n, len;

	kept = history_list(path, &n);
	for (size_t i = 0; i < n; i++) {
		char *bytes = file_read(kept[i].path, SITEFILE_MAX, &len, NULL);

		if (bytes)
			add_tag(list, atoi(kept[i].name), bytes, len);
		free(bytes);
	}
	history_free(kept, n);
}

char *later_text(const struct app *a, const unsigned *terminals, size_t n,
    const char *const *tags, size_t n_tags)
{
	struct json *j = json_new_object(), *names = json_new_array(), *from = json_new_array();
	char *text;

	for (size_t i = 0; i < n; i++) {
		const struct node *node = site_find(app_site(a), terminals[i]);

		if (node)
			json_add_text(names, node_name(node));
	}
	for (size_t i = 0; i < n_tags; i++)
		if (*tags[i])
			json_add_text(from, tags[i]);
	add_history(from, app_path(a));
	json_put(j, "terminals", names);
	json_put(j, "ancestors", from);
	text = json_print(j);
	json_free(j);
	return text;
}
