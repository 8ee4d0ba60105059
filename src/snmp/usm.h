/*
 * usm - SNMPv3 with one agent: a coder (wire.h) that knows a user and an engine.
 *
 * The first message finds the engine's ID out (RFC 3414, section 4). What an agent
 * reports is answered: another engine, as when a card was replaced, is learned; a
 * message that is not in its time window, as after a restart of the card, is
 * coded again with the time that it told. What cannot be mended by us ends the
 * question, with words that say what to check. Keys are kept here for each agent.
 *
 * Some agents are silent to a wrong user or password. So a repeated message that
 * nothing authentic was heard before is sent with no time: it is answered by a
 * report if user and password are right, and the words of silence can tell more.
 */
#ifndef AMC_SNMP_USM_H
#define AMC_SNMP_USM_H

#include "snmp/wire.h"

struct coder *usm_coder(const struct snmp_user *);

#endif
