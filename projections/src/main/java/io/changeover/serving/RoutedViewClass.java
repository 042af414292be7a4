package io.changeover.serving;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PROTECTED;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import io.changeover.serving.RoutedView.Parts;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes the class of a routed view for an interface. A method of it is what one would write by hand:
 *
 * <pre>{@code
 * public Optional<Entry> byId(String id) {
 *     Object reads = plain(null, false);
 *     if (reads != null) {
 *         try {
 *             return ((OrderBoard) reads).byId(id);
 *         } catch (Throwable e) {
 *             failed(reads);
 *             throw e;
 *         }
 *     }
 *     return (Optional<Entry>) answer(0, null, false, new Object[] {id});
 * }
 * }</pre>
 *
 * A dynamic proxy would make an array of the arguments and a reflective call of every one.
 */
final class RoutedViewClass {

    private static final String PARENT = Type.getInternalName(RoutedView.class);
    private static final String OBJECT = Type.getInternalName(Object.class);
    private static final String PARTS = "(" + Type.getDescriptor(Parts.class) + ")V";
    private static final String PLAIN = "(Ljava/lang/Object;Z)Ljava/lang/Object;";
    private static final String FAILED = "(Ljava/lang/Object;)V";
    private static final String ANSWER = "(ILjava/lang/Object;Z[Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String CALL = "(ILjava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";

    /** Classes that are not hidden need names of their own. */
    private static final AtomicInteger NAMED = new AtomicInteger();

    private final MethodHandle constructor;

    private RoutedViewClass(MethodHandle constructor) {
        this.constructor = constructor;
    }

    /**
     * The class for the interface, which may be hidden in its package.
     *
     * @param methods its methods, numbered in this order
     */
    static RoutedViewClass of(Class<?> type, List<Method> methods) {
        try {
            Lookup made = define(MethodHandles.privateLookupIn(type, MethodHandles.lookup()), type, methods);
            return new RoutedViewClass(
                    made.findConstructor(made.lookupClass(), MethodType.methodType(void.class, Parts.class))
                            .asType(MethodType.methodType(Object.class, Parts.class)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Interface '%s' cannot be routed: no class can be made beside it; where it lies in a module, open its package to io.changeover"
                            .formatted(type.getName()),
                    e);
        }
    }

    private static Lookup define(Lookup lookup, Class<?> type, List<Method> methods) throws IllegalAccessException {
        String name = Type.getInternalName(type) + "$$Routed";
        if (lookup.hasFullPrivilegeAccess()) {
            return lookup.defineHiddenClass(bytes(name, type, methods), true);
        }
        // The interface has another loader and with it another module, where hidden classes cannot be made from here.
        return lookup.in(lookup.defineClass(bytes(name + NAMED.incrementAndGet(), type, methods)));
    }

    Object create(Parts parts) {
        try {
            return constructor.invokeExact(parts);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String signature(Method method) {
        return method.getName() + Type.getMethodDescriptor(method);
    }

    private static byte[] bytes(String name, Class<?> type, List<Method> methods) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS | ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String first, String second) {
                return OBJECT; // no two branches meet with anything else
            }
        };
        String target = Type.getInternalName(type);
        writer.visit(V17, ACC_FINAL, name, null, PARENT, new String[] {target});
        writeConstructor(writer);
        for (int i = 0; i < methods.size(); i++) {
            writeRouted(writer, type, methods.get(i), i);
        }
        writeCall(writer, type, methods);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void writeConstructor(ClassWriter writer) {
        MethodVisitor code = writer.visitMethod(0, "<init>", PARTS, null, null);
        code.visitCode();
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitMethodInsn(INVOKESPECIAL, PARENT, "<init>", PARTS, false);
        code.visitInsn(RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void writeRouted(ClassWriter writer, Class<?> type, Method method, int index) {
        String descriptor = Type.getMethodDescriptor(method);
        Type[] parameters = Type.getArgumentTypes(method);
        int[] slots = slots(parameters);
        int reads = slots[parameters.length];
        int key = RoutedView.keyParameter(method);
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, method.getName(), descriptor, null, null);
        code.visitCode();
        code.visitVarInsn(ALOAD, 0);
        pushKey(code, parameters, slots, key);
        code.visitMethodInsn(INVOKEVIRTUAL, PARENT, "plain", PLAIN, false);
        code.visitVarInsn(ASTORE, reads);
        code.visitVarInsn(ALOAD, reads);
        Label special = new Label();
        code.visitJumpInsn(Opcodes.IFNULL, special);
        Label begin = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitTryCatchBlock(begin, end, failed, Type.getInternalName(Throwable.class));
        code.visitLabel(begin);
        code.visitVarInsn(ALOAD, reads);
        code.visitTypeInsn(CHECKCAST, Type.getInternalName(type));
        for (int i = 0; i < parameters.length; i++) {
            code.visitVarInsn(parameters[i].getOpcode(ILOAD), slots[i]);
        }
        code.visitMethodInsn(INVOKEINTERFACE, Type.getInternalName(type), method.getName(), descriptor, true);
        code.visitInsn(Type.getReturnType(method).getOpcode(IRETURN));
        code.visitLabel(end);
        code.visitLabel(failed);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, reads);
        code.visitMethodInsn(INVOKEVIRTUAL, PARENT, "failed", FAILED, false);
        code.visitInsn(Opcodes.ATHROW);
        code.visitLabel(special);
        code.visitVarInsn(ALOAD, 0);
        code.visitLdcInsn(index);
        pushKey(code, parameters, slots, key);
        pushArguments(code, parameters, slots);
        code.visitMethodInsn(INVOKEVIRTUAL, PARENT, "answer", ANSWER, false);
        returnUnboxed(code, Type.getReturnType(method));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static int[] slots(Type[] parameters) {
        int[] slots = new int[parameters.length + 1];
        int next = 1;
        for (int i = 0; i < parameters.length; i++) {
            slots[i] = next;
            next += parameters[i].getSize();
        }
        slots[parameters.length] = next;
        return slots;
    }

    private static void pushKey(MethodVisitor code, Type[] parameters, int[] slots, int key) {
        if (key == RoutedView.NO_KEY) {
            code.visitInsn(Opcodes.ACONST_NULL);
            code.visitInsn(ICONST_0);
        } else {
            code.visitVarInsn(parameters[key].getOpcode(ILOAD), slots[key]);
            box(code, parameters[key]);
            code.visitInsn(ICONST_1);
        }
    }

    private static void pushArguments(MethodVisitor code, Type[] parameters, int[] slots) {
        code.visitLdcInsn(parameters.length);
        code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
        for (int i = 0; i < parameters.length; i++) {
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(i);
            code.visitVarInsn(parameters[i].getOpcode(ILOAD), slots[i]);
            box(code, parameters[i]);
            code.visitInsn(Opcodes.AASTORE);
        }
    }

    /** Chooses the method by its number. */
    private static void writeCall(ClassWriter writer, Class<?> type, List<Method> methods) {
        MethodVisitor code = writer.visitMethod(ACC_PROTECTED | ACC_FINAL, "call", CALL, null, null);
        code.visitCode();
        Label none = new Label();
        Label[] labels = methods.stream().map(method -> new Label()).toArray(Label[]::new);
        if (labels.length > 0) {
            code.visitVarInsn(ILOAD, 1);
            code.visitTableSwitchInsn(0, labels.length - 1, none, labels);
        }
        for (int i = 0; i < labels.length; i++) {
            Method method = methods.get(i);
            code.visitLabel(labels[i]);
            code.visitVarInsn(ALOAD, 2);
            code.visitTypeInsn(CHECKCAST, Type.getInternalName(type));
            Type[] parameters = Type.getArgumentTypes(method);
            for (int j = 0; j < parameters.length; j++) {
                code.visitVarInsn(ALOAD, 3);
                code.visitLdcInsn(j);
                code.visitInsn(Opcodes.AALOAD);
                unbox(code, parameters[j]);
            }
            code.visitMethodInsn(
                    INVOKEINTERFACE,
                    Type.getInternalName(type),
                    method.getName(),
                    Type.getMethodDescriptor(method),
                    true);
            Type result = Type.getReturnType(method);
            if (result.equals(Type.VOID_TYPE)) {
                code.visitInsn(Opcodes.ACONST_NULL);
            } else {
                box(code, result);
            }
            code.visitInsn(ARETURN);
        }
        code.visitLabel(none);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void returnUnboxed(MethodVisitor code, Type result) {
        if (result.equals(Type.VOID_TYPE)) {
            code.visitInsn(POP);
            code.visitInsn(RETURN);
        } else {
            unbox(code, result);
            code.visitInsn(result.getOpcode(IRETURN));
        }
    }

    private static void box(MethodVisitor code, Type value) {
        if (isPrimitive(value)) {
            Type boxed = boxed(value);
            code.visitMethodInsn(
                    INVOKESTATIC, boxed.getInternalName(), "valueOf", Type.getMethodDescriptor(boxed, value), false);
        }
    }

    private static void unbox(MethodVisitor code, Type value) {
        if (isPrimitive(value)) {
            Type boxed = boxed(value);
            code.visitTypeInsn(CHECKCAST, boxed.getInternalName());
            code.visitMethodInsn(
                    INVOKEVIRTUAL,
                    boxed.getInternalName(),
                    value.getClassName() + "Value",
                    Type.getMethodDescriptor(value),
                    false);
        } else if (!value.getInternalName().equals(OBJECT)) {
            code.visitTypeInsn(CHECKCAST, value.getInternalName());
        }
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }

    private static Type boxed(Type primitive) {
        return switch (primitive.getSort()) {
            case Type.BOOLEAN -> Type.getType(Boolean.class);
            case Type.CHAR -> Type.getType(Character.class);
            case Type.BYTE -> Type.getType(Byte.class);
            case Type.SHORT -> Type.getType(Short.class);
            case Type.INT -> Type.getType(Integer.class);
            case Type.FLOAT -> Type.getType(Float.class);
            case Type.LONG -> Type.getType(Long.class);
            default -> Type.getType(Double.class);
        };
    }
}
