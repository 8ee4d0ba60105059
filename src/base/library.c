/* library - a shared library that is loaded when it is first called; see library.h */
#include "base/library.h"
#include "base/i18n.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

bool library_load(const char *file, const char *const *names, void **table, struct err *e)
{
	void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	size_t n = 0;

	if (!handle)
		return err_set(e, _("a library that amc needs is not installed: %s"), dlerror());
	while (names[n] && (table[n] = dlsym(handle, names[n])))
		n++;
	if (!names[n])
		return true;
	table[0] = NULL;	/* by this one it is known to be there */
	return err_set(e, _("a library that amc needs is of another version: %s"), dlerror());
}

void library_need(const char *file, const char *const *names, void **table)
{
	struct err e;

	if (library_load(file, names, table, &e))
		return;
	fprintf(stderr, "amc: %s\n", e.text);
	abort();
}
