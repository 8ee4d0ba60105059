/* words - a list of words; see words.h */
#include "app/words.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void words_put(struct words *w, char *word)
{
	mem_grow(w->list, w->n + 1, w->cap);
	w->list[w->n++] = word;
	w->list[w->n] = NULL;
}

void words_split(struct words *w, const char *text, const char *between)
{
	char *copy = mem_dup(text ? text : ""), *rest, *word;

	for (word = strtok_r(copy, between, &rest); word; word = strtok_r(NULL, between, &rest)) {
		while (*word == ' ')
			word++;
		while (*word && word[strlen(word) - 1] == ' ')
			word[strlen(word) - 1] = '\0';
		if (*word)
			words_put(w, mem_dup(word));
	}
	free(copy);
}

void words_add(struct words *w, const struct words *from)
{
	for (size_t i = 0; i < from->n; i++)
		words_put(w, mem_dup(from->list[i]));
}

char *words_join(const struct words *w)
{
	struct text t = { 0 };

	for (size_t i = 0; i < w->n; i++)
		text_printf(&t, "%s%s", i ? " " : "", w->list[i]);
	return text_take(&t);
}

void words_done(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->list[i]);
	free(w->list);
	*w = (struct words){ 0 };
}

bool words_can_run(const struct words *w, const char *key, struct err *e)
{
	struct stat st;
	char *all;

	if (!w->n || w->list[0][0] != '/') {
		all = words_join(w);
		err_set(e, _("%s = %s: a program with its whole path, and its arguments"), key, all);
		free(all);
		return false;
	}
	if (stat(w->list[0], &st) < 0 || access(w->list[0], X_OK) < 0)
		return err_errno(e, w->list[0]);
	/* a folder can be "executed", too */
	return S_ISREG(st.st_mode) || err_set(e, _("%s: not a regular file"), w->list[0]);
}
