/* pins - the keys of terminals that stand in no site file; see pins.h */
#include "app/pins.h"
#include "base/mem.h"

#include <stdlib.h>

static char *file(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		return mem_printf("%s/amc/pins", state);
	return mem_printf("%s/.local/state/amc/pins", home ? home : "");
}

void pins_known(const char *host, int port, char pin[PIN_SIZE], char next[PIN_SIZE])
{
	char *path = file();

	known_pin(path, host, port, pin, next, NULL);
	free(path);
}

void pins_keep(const char *host, int port, const char *pin, const char *next)
{
	char *path = file();

	/* a pin that cannot be kept is asked for again: no harm is done */
	known_pin_keep(path, host, port, pin, next, NULL);
	free(path);
}
