package io.geartrain.simulation.guard;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import io.geartrain.channel.AuditMismatch;
import io.geartrain.channel.Batch;
import io.geartrain.channel.Channel;
import io.geartrain.channel.InputGate;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/** All classes once more, with a guard taken out of some: what the simulation does then. */
final class Mutant extends URLClassLoader {
  private final Map<String, AsmVisitorWrapper> changes = new HashMap<>();

  Mutant() {
    super(classPath(), ClassLoader.getPlatformClassLoader());
  }

  private static URL[] classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Mutant::url)
        .toArray(URL[]::new);
  }

  private static URL url(String path) {
    try {
      return new File(path).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  /** Channels lose a record, or carry one twice. */
  Mutant withFaultyChannels() {
    changes.put(Channel.class.getName(), Advice.to(OnSend.class).on(named("send")));
    return this;
  }

  private static final class OnSend {
    @Advice.OnMethodEnter
    static void before(@Advice.Argument(0) Batch batch) {
      ChannelFault.onSend(batch);
    }
  }

  /** Nobody minds if more or fewer records come than were sent. */
  Mutant withoutAudit() {
    changes.put(
        InputGate.class.getName(),
        new AsmVisitorWrapper.ForDeclaredMethods()
            .method(
                named("compare"),
                (type, method, visitor, context, pool, writerFlags, readerFlags) ->
                    new WithoutMismatch(visitor)));
    return this;
  }

  /** Makes an audit's exception, and throws it away instead of throwing it. */
  private static final class WithoutMismatch extends MethodVisitor {
    private static final String MISMATCH = AuditMismatch.class.getName().replace('.', '/');
    private boolean made;

    WithoutMismatch(MethodVisitor visitor) {
      super(OpenedClassReader.ASM_API, visitor);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      made |= opcode == Opcodes.NEW && type.equals(MISMATCH);
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitInsn(int opcode) {
      boolean throwsIt = made && opcode == Opcodes.ATHROW;
      made &= !throwsIt;
      super.visitInsn(throwsIt ? Opcodes.POP : opcode);
    }
  }

  /** Channels whose barrier has come are not held back. */
  Mutant withoutAlignment() {
    changes.put(
        InputGate.class.getName(),
        MemberSubstitution.relaxed()
            .field(named("held").and(field -> field.getType().represents(boolean.class)))
            .onRead()
            .stub()
            .on(namedOneOf("poll", "hasInput")));
    return this;
  }

  /** Runs seeds, as {@link Hunt#withKills}. */
  Hunt hunt(int most) throws ReflectiveOperationException {
    Object there =
        loadClass(Hunt.Elsewhere.class.getName()).getConstructor(Integer.class).newInstance(most);
    List<?> parts = (List<?>) ((Supplier<?>) there).get();
    return new Hunt((Integer) parts.get(0), (Integer) parts.get(1), (String) parts.get(2));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    AsmVisitorWrapper change = changes.get(name);
    if (change == null) {
      return super.findClass(name);
    }
    ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(Mutant.class.getClassLoader());
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    byte[] bytes = new ByteBuddy().redefine(type, locator).visit(change).make().getBytes();
    return defineClass(name, bytes, 0, bytes.length);
  }
}
