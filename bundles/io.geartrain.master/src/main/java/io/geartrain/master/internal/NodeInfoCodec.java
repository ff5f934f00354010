package io.geartrain.master.internal;

import io.geartrain.actor.ProtocolJson;
import io.geartrain.coordination.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node says of itself, as the data of a member. Thread-safe. */
final class NodeInfoCodec {
  private static final Logger LOG = LoggerFactory.getLogger(NodeInfoCodec.class);

  private final ProtocolJson json = new ProtocolJson();

  byte[] write(NodeInfo node) {
    try {
      return json.write(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The node; null if the data can't be read. */
  NodeInfo read(Member member) {
    try {
      return json.read(member.data(), NodeInfo.class);
    } catch (IOException e) {
      LOG.warn("What node {} says of itself can't be read: {}", member.id(), e.getMessage());
      return null;
    }
  }
}
