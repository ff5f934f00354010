package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.CoordinationException;
import org.apache.zookeeper.KeeperException;

/** Says what a failure of ZooKeeper means to a user of the store. */
final class KeeperErrors {

  private KeeperErrors() {}

  /** What a call that failed as a whole has to throw, the errors of single nodes apart. */
  static CoordinationException translate(String path, Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new CoordinationException.Unavailable(path, "the caller was interrupted", failure);
    }
    if (!(failure instanceof KeeperException e)) {
      return new CoordinationException.Failed(path, "unexpected failure: " + failure, failure);
    }
    return switch (e.code()) {
      case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT ->
          new CoordinationException.Unavailable(path, e.code().toString(), e);
      case NONODE -> new CoordinationException.NoNode(path);
      case NODEEXISTS -> new CoordinationException.NodeExists(path);
      case NOTEMPTY -> new CoordinationException.NotEmpty(path);
      case NOAUTH, AUTHFAILED, INVALIDACL ->
          new CoordinationException.Failed(
              path, "access refused; is the secret that of the cluster's other nodes?", e);
      case NOCHILDRENFOREPHEMERALS ->
          new CoordinationException.Failed(
              path, "its parent is ephemeral and can't have children", e);
      default -> new CoordinationException.Failed(path, "ZooKeeper answered " + e.code(), e);
    };
  }
}
