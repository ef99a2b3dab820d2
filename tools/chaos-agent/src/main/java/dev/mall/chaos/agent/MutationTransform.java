package dev.mall.chaos.agent;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/** Carries out a {@link CodeChange}. */
final class MutationTransform {

  private static final ClassDesc LIST = ClassDesc.of("java.util.List");
  private static final ClassDesc ALL_SENT = ClassDesc.of(AllSent.class.getName());

  private MutationTransform() {}

  static ClassTransform by(CodeChange change) {
    return switch (change) {
      case CodeChange.DoNothing(_, var method) -> body(method, CodeBuilder::return_);
      case CodeChange.AnswerNone(_, var method) ->
          body(
              method,
              code -> code.invokestatic(LIST, "of", MethodTypeDesc.of(LIST), true).areturn());
      case CodeChange.AnswerZero(_, var method) -> body(method, code -> code.lconst_0().lreturn());
      case CodeChange.AnswerAllSent(_, var method) -> answeringAllSent(method);
      case CodeChange.DropCall(_, var method, var callee) ->
          in(method, (code, element) -> dropCall(callee, code, element));
      case CodeChange.OtherText(_, var text, var instead) ->
          ClassTransform.transformingMethodBodies(
              (code, element) -> replaceText(text, instead, code, element));
    };
  }

  private static ClassTransform body(String method, Consumer<CodeBuilder> instead) {
    return ClassTransform.transformingMethods(
        candidate -> candidate.methodName().equalsString(method),
        (builder, element) -> {
          if (element instanceof CodeModel) {
            builder.withCode(instead);
          } else {
            builder.with(element);
          }
        });
  }

  private static ClassTransform in(String method, CodeTransform transform) {
    return ClassTransform.transformingMethodBodies(
        candidate -> candidate.methodName().equalsString(method), transform);
  }

  private static ClassTransform answeringAllSent(String name) {
    return (builder, member) -> {
      if (member instanceof MethodModel method && method.methodName().equalsString(name)) {
        var shipment = method.methodTypeSymbol().returnType();
        builder.transformMethod(
            method,
            MethodTransform.transformingCode(
                (code, element) -> answerAllSent(shipment, code, element)));
      } else {
        builder.with(member);
      }
    };
  }

  private static void answerAllSent(ClassDesc shipment, CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction) {
      code.aload(1)
          .invokestatic(
              ALL_SENT,
              "of",
              MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, LIST))
          .checkcast(shipment);
    }
    code.with(element);
  }

  private static void dropCall(String callee, CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction call && call.name().equalsString(callee)) {
      for (var parameter : call.typeSymbol().parameterList()) {
        if (TypeKind.from(parameter).slotSize() == 2) {
          code.pop2();
        } else {
          code.pop();
        }
      }
      code.pop(); // whom it was called on
    } else {
      code.with(element);
    }
  }

  private static void replaceText(
      String text, String instead, CodeBuilder code, CodeElement element) {
    if (element instanceof ConstantInstruction constant
        && constant.constantValue() instanceof String literal
        && literal.contains(text)) {
      code.loadConstant(literal.replace(text, instead));
    } else {
      code.with(element);
    }
  }
}
