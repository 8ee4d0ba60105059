/*
 * battery - how the lead battery of a 1400 VA UPS runs down and fills.
 *
 * Pure numbers: charge and load in percent, time in seconds, volts in V. At a
 * constant load the charge falls evenly; a heavier load gets less out of the
 * battery than its share (Peukert). 30 % load last half an hour, full load
 * six and a half minutes. An empty battery takes four and a half hours.
 */
#ifndef AMC_SIM_BATTERY_H
#define AMC_SIM_BATTERY_H

/* Seconds until empty. */
double battery_runtime(double charge, double load);
/* The charge after so long on battery. */
double battery_drained(double charge, double load, double seconds);
/* The charge after so long on mains. */
double battery_charged(double charge, double seconds);
/* Seconds on mains from charge to target; 0 if it is there. */
double battery_charge_time(double charge, double target);
double battery_volts(double charge, double load, int discharging);

#endif
