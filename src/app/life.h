/*
 * life - amcd from its start to its end: what signals and systemd ask of it.
 *
 * SIGTERM and SIGINT end it when those who are connected are answered, a second one at
 * once. SIGHUP: the settings, profiles and site are checked, and only if all is well
 * they take the place of what there was. SIGUSR2: it becomes its program anew; who
 * connects meanwhile waits.
 */
#ifndef AMC_APP_LIFE_H
#define AMC_APP_LIFE_H

#include "app/service.h"

/*
 * Until it is told to end; the exit status. argv is the program's own, for its
 * successor. The settings are of service_settings_read(); they change hands.
 */
int life_run(struct service_settings *, char *const *argv);

#endif
