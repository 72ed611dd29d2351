export {
  type ConnectDoorbellInput,
  type Doorbell,
  type DoorbellState,
  connectDoorbell,
} from "./connect-doorbell.ts";
