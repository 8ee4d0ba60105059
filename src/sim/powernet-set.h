/*
 * powernet-set - what is written to PowerNet of a simulated card; a part of powernet,
 * nobody else includes it.
 */
#ifndef AMC_SIM_POWERNET_SET_H
#define AMC_SIM_POWERNET_SET_H

#include "sim/powernet.h"

/* One object. What of the other members counts is known to get and set. */
struct powernet_row {
	const char *oid;
	enum type type;
	void (*get)(const struct simcard *, const struct powernet_row *, struct value *);
	enum set_result (*set)(struct simcard *, const struct powernet_row *,
	    const struct value *, bool apply);
	int id;			/* setting, command, number, or offset in the view */
	const char *text;
};

/* Each looks first whether it could (apply false) and changes nothing then. */
enum set_result powernet_set_name(struct simcard *, const struct powernet_row *,
    const struct value *, bool apply);
enum set_result powernet_set_replaced(struct simcard *, const struct powernet_row *,
    const struct value *, bool apply);
enum set_result powernet_set_setting(struct simcard *, const struct powernet_row *,
    const struct value *, bool apply);
enum set_result powernet_set_command(struct simcard *, const struct powernet_row *,
    const struct value *, bool apply);
enum set_result powernet_set_group(struct simcard *, const struct powernet_row *,
    const struct value *, bool apply);
enum set_result powernet_set_delay(struct simcard *, const struct powernet_row *,
    const struct value *, bool apply);

#endif
