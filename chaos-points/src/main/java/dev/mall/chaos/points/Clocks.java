package dev.mall.chaos.points;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Lets classes read {@link ShiftedClock}. */
final class Clocks {

  private static final ClassDesc SHIFTED = ClassDesc.of(ShiftedClock.class.getName());
  private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");

  private Clocks() {}

  /** For {@code java.time.Clock}, which all its clocks ask. */
  static ClassTransform ofJavaTime() {
    return ClassTransform.transformingMethodBodies(
        method -> method.methodName().equalsString("currentInstant"),
        (code, element) -> {
          if (element instanceof ReturnInstruction) {
            code.invokestatic(SHIFTED, "shifted", MethodTypeDesc.of(INSTANT, INSTANT));
          }
          code.with(element);
        });
  }

  static ClassTransform ofCallers() {
    return ClassTransform.transformingMethodBodies(Clocks::replaceCall);
  }

  private static void replaceCall(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction call
        && call.name().equalsString("currentTimeMillis")
        && call.owner().asInternalName().equals("java/lang/System")) {
      code.invokestatic(SHIFTED, "currentTimeMillis", MethodTypeDesc.of(ConstantDescs.CD_long));
    } else {
      code.with(element);
    }
  }
}
