/** The doors of the case room: commands to events, events to state, a look at the standing. */
export { decide, type Decision } from '../policy/decide.ts'
