/** The media hub: a process of its own through which the sound of every call goes. */
export {}
