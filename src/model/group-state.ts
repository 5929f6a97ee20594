/** The rule itself lies in protocol, because the adapters of gravity's answers need it as well. */
export { groupState } from '../protocol/group-state.ts';
