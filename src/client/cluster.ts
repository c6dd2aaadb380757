import { apply } from '../../server/cluster/changes.ts';
import type { ClusterState, ServerMessage } from '../../server/protocol.ts';
import { answers, type ConnectionState, connection, type Subscriber } from './connection.ts';

export interface ClusterWatcher {
  /** What the cluster looks like by now. */
  handleCluster(state: ClusterState): void;
}

/** The cluster as the page was told of it. Nothing is asked for while nobody here watches. */
class Cluster implements Subscriber {
  #state: ClusterState | undefined;
  #leave: (() => void) | undefined;
  #isStale: boolean = false;
  readonly #watchers = new Set<ClusterWatcher>();

  /** Returns how to stop. */
  watch(watcher: ClusterWatcher): () => void {
    this.#watchers.add(watcher);
    if (this.#leave === undefined) {
      this.#leave = connection.subscribe(this);
      this.handleConnection(connection.state);
    } else {
      if (this.#state !== undefined) watcher.handleCluster(this.#state);
      // What has happened is told in the answer only.
      connection.send({ type: 'cluster.watch', on: true });
    }
    return () => {
      if (this.#watchers.delete(watcher) && this.#watchers.size === 0) this.#stop();
    };
  }

  handleConnection(state: ConnectionState): void {
    const wasStale = this.#isStale;
    this.#isStale = state === 'stale';
    // It is the same one, whether news of it comes or not.
    if (this.#isStale || (wasStale && state === 'mirrored')) return;
    // What it becomes meanwhile, nobody tells; or it is another one from now on.
    this.#state = undefined;
    if (answers(state)) connection.send({ type: 'cluster.watch', on: true });
  }

  handleMessage(message: ServerMessage): void {
    if (message.type === 'cluster.state') this.#tell(message);
    else if (message.type === 'cluster.change' && this.#state !== undefined)
      this.#tell(apply(this.#state, message));
  }

  #tell(state: ClusterState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher.handleCluster(state);
  }

  #stop(): void {
    connection.send({ type: 'cluster.watch', on: false });
    this.#leave?.();
    this.#leave = undefined;
    this.#state = undefined;
  }
}

export const cluster = new Cluster();
