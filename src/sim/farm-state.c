/* farm-state - what a farm tells of its cards; see farm.h */
#include "sim/farming.h"

#include "base/json.h"

#include <stdlib.h>

static const char *output_word(const struct simview *v)
{
	switch (v->output) {
	case OUTPUT_ON_LINE:
		return "online";
	case OUTPUT_ON_BATTERY:
		return v->battery_status == 3 ? "low-battery" : "on-battery";
	case OUTPUT_OFF:
		return "off";
	case OUTPUT_REBOOTING:
		return "rebooting";
	case OUTPUT_BYPASS:
		return "bypass";
	case OUTPUT_SLEEPING:
	case OUTPUT_TIMED_SLEEP:
		return "sleeping";
	default:
		return "test";
	}
}

static void tell_unit(const struct unit *u, int64_t at, struct text *out)
{
	const struct simview *v;

	text_printf(out, "%s %s %s", u->name, u->address,
	    simagent_alive(u->agent) ? "alive" : "dead");
	if (!u->card) {
		text_add(out, " replay\n");
		return;
	}
	simcard_advance(u->card, at);
	v = simcard_view(u->card);
	text_printf(out, " %s mains %s battery %.1f runtime %d load %.1f "
	    "input %.1f output %.1f temperature %.1f comm %s\n",
	    output_word(v), simcard_mains(u->card) ? "on" : "off",
	    v->charge / 10.0, v->runtime / 100, v->load / 10.0, v->line / 10.0,
	    v->out / 10.0, v->temperature / 10.0, simcard_linked(u->card) ? "on" : "off");
}

void farm_tell(struct farm *f, int64_t at, struct text *out)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		tell_unit(f->units[i], at, out);
}

static void put_readings(struct json *j, const struct unit *u, int64_t at)
{
	const struct simview *v;

	simcard_advance(u->card, at);
	v = simcard_view(u->card);
	json_put_text(j, "state", output_word(v));
	json_put_bool(j, "mains", simcard_mains(u->card));
	json_put_bool(j, "comm", simcard_linked(u->card));
	json_put_bool(j, "low_battery", v->battery_status == 3);
	json_put_bool(j, "replace_battery", v->replace == 2);
	json_put_number(j, "charge_percent", v->charge / 10.0);
	json_put_number(j, "runtime_seconds", v->runtime / 100.0);
	json_put_number(j, "on_battery_seconds", v->on_battery / 100.0);
	json_put_number(j, "load_percent", v->load / 10.0);
	json_put_int(j, "output_watts", v->watts);
	json_put_number(j, "input_voltage", v->line / 10.0);
	json_put_number(j, "output_voltage", v->out / 10.0);
	json_put_number(j, "battery_voltage", v->battery_volts / 10.0);
	json_put_number(j, "temperature_celsius", v->temperature / 10.0);
	json_put_text(j, "serial", simcard_serial(u->card));
}

void farm_tell_json(struct farm *f, int64_t at, struct text *out)
{
	struct json *all = json_new_object(), *list = json_new_array();
	char *text;
	size_t i;

	json_put_text(all, "schema", "amc.upssim.v1");
	json_put_number(all, "time_seconds", at / 1000.0);
	for (i = 0; i < f->n; i++) {
		const struct unit *u = f->units[i];
		const struct simagent_counts *counts = simagent_counts(u->agent);
		struct json *j = json_new_object();

		json_put_text(j, "name", u->name);
		json_put_text(j, "address", u->address);
		json_put_bool(j, "alive", simagent_alive(u->agent));
		json_put_bool(j, "replay", !u->card);
		json_put_int(j, "asked", counts->asked);
		json_put_int(j, "answered", counts->answered);
		json_put_int(j, "engine_boots", counts->boots);
		if (u->card)
			put_readings(j, u, at);
		json_add(list, j);
	}
	json_put(all, "cards", list);
	text = json_print(all);
	text_add(out, text);
	free(text);
	json_free(all);
}
