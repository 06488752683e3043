/** Which dialog of the actions on a call is open. */
export type Asked = 'takeOver' | 'comeBack' | 'handBack' | 'transfer' | 'enqueue' | 'end' | 'coach' | null
