/** The SIP edge: a process of its own that turns SIP calls into Media Streams for the hub. */
export {}
