// What the seats of a room can do.

// Whoever watches and hears, with neither voice nor picture.
export const hears = ({ kind }) => kind === "helper" || kind === "observer";

// Whoever interprets by signs: their picture is their voice.
export const signs = ({ kind }) => kind === "sign_language";

// Whether somebody interprets by signs for me.
export const signed = (scene, me) => scene.people.some((person) => person.with_you && person.person !== me && signs(person));
