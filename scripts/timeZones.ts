/** Where the tests run: on UTC, behind it, and so far ahead that the date differs for most of the day. */
export const TIME_ZONES = ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'];
