/** No label of a host is longer (RFC 1035, 2.3.4). */
export const LONGEST_LABEL = 63;

/** No host is longer, its dots included (RFC 1035, 2.3.4, without what only the wire format has). */
export const LONGEST_HOST = 253;
