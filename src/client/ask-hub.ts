import { askServer } from './ask-server.ts';

/** `GET /api/hub` of a hub; a sidecar answers `null`. */
export interface Hub {
  readonly name: string;
  readonly presenter: boolean;
}

/** That which serves this page. */
export const askHub = () => askServer<Hub>('api/hub');
