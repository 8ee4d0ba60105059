/* flood - how much of what anybody may send is looked at; see flood.h */
#include "snmp/flood.h"

bool flood_take(struct flood_bucket *b, double rate, double burst, int64_t now)
{
	b->left = b->at ? b->left + (double)(now - b->at) * rate / 1000 : burst;
	if (b->left > burst)
		b->left = burst;
	b->at = now;
	if (b->left < 1)
		return false;
	b->left--;
	return true;
}

/* Its place, or that of the one that was heard longest ago. */
static struct flood_source *place(struct flood *f, uint64_t who)
{
	struct flood_source *oldest = &f->sources[0];

	for (size_t i = 0; i < FLOOD_SOURCES; i++) {
		struct flood_source *s = &f->sources[i];

		if (s->who == who)
			return s;
		if (s->bucket.at < oldest->bucket.at)
			oldest = s;
	}
	*oldest = (struct flood_source){ .who = who };
	return oldest;
}

/* All together first: what they have not is not worth a search. */
bool flood_admits(struct flood *f, uint64_t who, int64_t now)
{
	bool ok = flood_take(&f->all, FLOOD_RATE_ALL, FLOOD_BURST_ALL, now) &&
	    flood_take(&place(f, who)->bucket, FLOOD_RATE, FLOOD_BURST, now);

	f->dropped += !ok;
	return ok;
}
