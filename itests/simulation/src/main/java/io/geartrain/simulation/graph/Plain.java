package io.geartrain.simulation.graph;

import io.geartrain.api.DataStream;
import io.geartrain.api.Emitter;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.StateReader;
import io.geartrain.api.StateWriter;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Chance;
import java.util.ArrayList;
import java.util.List;

/** Steps without keys. */
final class Plain {
  private Plain() {}

  static Operation drawn(Chance chance) {
    return switch (chance.below(5)) {
      case 0 -> new Filter(chance.between(2, 5));
      case 1 -> new FlatMap((int) chance.between(2, 4));
      case 2 -> new Hoard((int) chance.between(1, 40));
      case 3 -> new Parted();
      default -> new Map(chance.between(1, 1_000));
    };
  }

  /** Each item becomes another. */
  record Map(long salt) implements Operation {
    private Item of(Item item) {
      return item.with(Item.mix(item.id(), salt, 1));
    }

    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.map(
              Item.class,
              item -> {
                site.at(Moment.RECORD);
                return of(item);
              })
          .id(id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      return in.stream().map(this::of).toList();
    }

    @Override
    public boolean stateless() {
      return true;
    }
  }

  /** Some items go. */
  record Filter(long modulus) implements Operation {
    private boolean keeps(Item item) {
      return item.id() % modulus != 0;
    }

    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.filter(
              item -> {
                site.at(Moment.RECORD);
                return keeps(item);
              })
          .id(id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      return in.stream().filter(this::keeps).toList();
    }

    @Override
    public boolean stateless() {
      return true;
    }
  }

  /** Each item becomes some, or none. */
  record FlatMap(int most) implements Operation {
    private void each(Item item, java.util.function.Consumer<Item> to) {
      for (int i = 0; i < item.key(most); i++) {
        to.accept(item.with(Item.mix(item.id(), i, 2)));
      }
    }

    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.flatMap(
              Item.class,
              (Item item, Emitter<Item> out) -> {
                site.at(Moment.RECORD);
                each(item, out::emit);
              })
          .id(id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      List<Item> out = new ArrayList<>();
      in.forEach(item -> each(item, out::add));
      return out;
    }

    @Override
    public boolean stateless() {
      return true;
    }
  }

  /** Each task keeps items back, and hands the rest on at the end. */
  record Hoard(int most) implements Operation {
    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.process(Item.class, () -> new Hoarder(site, most)).id(id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      return in;
    }

    @Override
    public Traits after(Traits in) {
      return in.delayed();
    }
  }

  private static final class Hoarder implements Processor<Item, Item> {
    private final Site site;
    private final int most;
    private final List<Item> kept = new ArrayList<>();

    Hoarder(Site site, int most) {
      this.site = site;
      this.most = most;
    }

    @Override
    public void process(Item item, long timestamp, Emitter<Item> out) {
      site.at(Moment.RECORD);
      kept.add(item);
      if (kept.size() > most) {
        handOn(kept.remove(0), out);
      }
    }

    private static void handOn(Item item, Emitter<Item> out) {
      out.emit(item, item.time());
    }

    @Override
    public void onEnd(Emitter<Item> out) {
      kept.forEach(item -> handOn(item, out));
      kept.clear();
    }

    @Override
    public void snapshot(StateWriter state) {
      kept.forEach(item -> state.put("kept", item));
    }

    @Override
    public void restore(StateReader state) {
      state.get("kept").forEach(item -> kept.add((Item) item));
    }
  }

  /** One half goes on, the other to a side output, read by {@link OtherHalf}. */
  record Parted() implements Operation {
    static final OutputTag<Item> SIDE = new OutputTag<>("side", Item.class);

    static boolean aside(Item item) {
      return item.id() % 2 == 0;
    }

    @Override
    public DataStream<Item> on(DataStream<Item> in, String id, Site site) {
      return in.process(Item.class, () -> new Parting(site)).id(id);
    }

    @Override
    public List<Item> of(List<Item> in) {
      return in.stream().filter(item -> !aside(item)).toList();
    }

    @Override
    public boolean stateless() {
      return true;
    }
  }

  private static final class Parting implements Processor<Item, Item> {
    private final Site site;
    private ProcessorContext context;

    Parting(Site site) {
      this.site = site;
    }

    @Override
    public void open(ProcessorContext opened) {
      context = opened;
    }

    @Override
    public void process(Item item, long timestamp, Emitter<Item> out) {
      site.at(Moment.RECORD);
      if (Parted.aside(item)) {
        context.output(Parted.SIDE).emit(item);
      } else {
        out.emit(item);
      }
    }
  }

  /** The side output of the step that it stands behind; no step of its own. */
  record OtherHalf() implements Operation {
    @Override
    public DataStream<Item> on(DataStream<Item> parted, String id, Site site) {
      return parted.sideOutput(Parted.SIDE);
    }

    /** Of what came into that step. */
    @Override
    public List<Item> of(List<Item> in) {
      return in.stream().filter(Parted::aside).toList();
    }
  }
}
