package io.geartrain.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the class of a source, a sink, a processor or a function of a step: its code may block, as
 * when it waits for a network or a lock. Each task of such a step has a thread of its own, so that
 * it takes none from the other tasks of the application; it is never fused with other steps. A
 * lambda has no class to put this on: say {@link DataStream#blocking} or {@link SinkStep#blocking}.
 *
 * <pre>{@code
 * @Blocking
 * final class Lookup implements Processor<String, Integer> {
 *   public void process(String name, long timestamp, Emitter<Integer> out) {
 *     out.emit(name.length()); // in earnest: asks a server and waits for its answer
 *   }
 * }
 *
 * streams.from(lines).process(Integer.class, Lookup::new).id("lookup").to(out);
 * // the lines "a", "bc" give: 1, 2
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Blocking {}
