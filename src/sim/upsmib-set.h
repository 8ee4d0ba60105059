/*
 * upsmib-set - what is written to the UPS-MIB of a simulated card; a part of upsmib,
 * nobody else includes it.
 *
 * Each looks first whether it could (apply false) and changes nothing then.
 */
#ifndef AMC_SIM_UPSMIB_SET_H
#define AMC_SIM_UPSMIB_SET_H

#include "sim/upsmib.h"

enum { UPSMIB_ABORT = -1 };	/* the objects of delays: takes it back, or nothing waits */

enum set_result upsmib_set_off(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_on(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_reboot(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_auto_restart(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_audible(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_lock(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_test(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_low_volts(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_high_volts(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_low_minutes(struct simcard *, const struct value *, bool apply);
enum set_result upsmib_set_name(struct simcard *, const struct value *, bool apply);

#endif
