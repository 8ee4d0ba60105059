/* The samples of the open site's UPSs; see samples.h */
#include "app/context.h"
#include "app/samples.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A UPS by the card that speaks for it: another card is another UPS. */
struct sampled {
	char *address;
	int port;
	struct samples *samples;
};

static void forget(struct sampled *s)
{
	samples_free(s->samples);
	free(s->address);
	free(s);
}

void app_sample(struct app *a, unsigned ups, const char *address, int port,
    const struct reading *r)
{
	struct sampled *s = map_get(&a->samples, ups);

	if (s && (s->port != port || strcmp(s->address, address) != 0)) {
		map_remove(&a->samples, ups);
		forget(s);
		s = NULL;
	}
	if (!s && !r)
		return;
	if (!s) {
		s = mem_new(struct sampled);
		*s = (struct sampled){ mem_dup(address), port, samples_new() };
		map_put(&a->samples, ups, s);
	}
	samples_add(s->samples, loop_now(), r);
}

void app_forget_samples(struct app *a)
{
	struct sampled *s;
	size_t i = 0;

	while ((s = map_each(&a->samples, &i)))
		forget(s);
	map_done(&a->samples);
}

const struct samples *app_samples(const struct app *a, unsigned ups)
{
	const struct sampled *s = map_get(&a->samples, ups);

	return s ? s->samples : NULL;
}

bool app_export_samples(const struct app *a, unsigned ups, enum span span, const char *path,
    struct err *e)
{
	const struct samples *s = app_samples(a, ups);
	char *csv;
	bool ok;

	if (!s)
		return err_set(e, _("There is nothing to export yet: it has not answered."));
	if (access(path, F_OK) == 0)
		return err_set(e, _("%s: is there already"), path);
	csv = samples_csv(s, span, loop_now(), time(NULL));
	ok = file_replace(path, csv, strlen(csv), 0644, e);
	free(csv);
	return ok;
}
