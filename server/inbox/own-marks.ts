/** Begins the callback data of a reaction of ours: it is no message, so a status of it is about nothing that is missing. */
export const REACTION_MARK = 'reaction:'
