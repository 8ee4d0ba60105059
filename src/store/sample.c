/*
 * sample - what a sample holds; see samplelog.h. Apart from the database, so that who only
 * shows samples needs none.
 */
#include "store/samplelog.h"

static const char *const names[VALUE_COUNT] = {
	[VALUE_INPUT_VOLTAGE] = "input-voltage", [VALUE_OUTPUT_VOLTAGE] = "output-voltage",
	[VALUE_LOAD_PERCENT] = "load-percent", [VALUE_OUTPUT_WATTS] = "output-watts",
	[VALUE_CHARGE_PERCENT] = "charge-percent", [VALUE_RUNTIME_SECONDS] = "runtime-seconds",
	[VALUE_TEMPERATURE] = "temperature-celsius", [VALUE_BATTERY_VOLTAGE] = "battery-voltage",
	[VALUE_INPUT_FREQUENCY] = "input-frequency",
};

const struct reading_attr *sample_value_attr(enum sample_value v)
{
	return reading_attr(names[v]);
}

struct sample sample_of(unsigned ups, time_t at, int span, const struct reading *r)
{
	struct sample s = { .ups = ups, .at = at, .span = span, .state = r->state };

	for (enum sample_value v = 0; v < VALUE_COUNT; v++)
		s.value[v] = *(const double *)(const void *)((const char *)r +
		    sample_value_attr(v)->offset);
	return s;
}
