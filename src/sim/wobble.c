/* wobble - readings that stir a little; see wobble.h */
#include "sim/wobble.h"

/* Mixes the bits (the finaliser of MurmurHash3). */
static uint64_t mix(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdULL;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53ULL;
	return h ^ h >> 33;
}

static double corner(unsigned seed, int what, int64_t n)
{
	uint64_t h = mix(mix((uint64_t)seed << 8 | (unsigned)what) ^ (uint64_t)n);

	return (h >> 11) / (double)(1ULL << 52) - 1;
}

double wobble(unsigned seed, int what, int64_t t, int period)
{
	int64_t n = t / period - (t % period < 0);
	double part = (double)(t - n * period) / period;

	return corner(seed, what, n) * (1 - part) + corner(seed, what, n + 1) * part;
}
