package io.geartrain.coordination;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A living part of the cluster as it has announced itself.
 *
 * @param kind what it is: {@link Membership#NODES}, {@link Membership#WORKERS}
 * @param id unique among those of its kind
 * @param data what it says of itself, less than 1 KB
 */
public record Member(String kind, String id, byte[] data) {

  public Member {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(data, "data");
  }

  /** Returns the data read as UTF-8. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Member that
        && kind.equals(that.kind)
        && id.equals(that.id)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, id, Arrays.hashCode(data));
  }

  @Override
  public String toString() {
    return "Member[" + kind + "/" + id + ", " + data.length + " bytes]";
  }
}
