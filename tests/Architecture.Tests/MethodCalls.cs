using Mono.Cecil;

namespace Distributed.Architecture.Tests;

/// <summary>Which methods a module's code calls, read from its instructions.</summary>
internal static class MethodCalls
{
    /// <summary>Every call with its caller; a constructed method by its definition's name.</summary>
    public static IEnumerable<(MethodDefinition Caller, MethodReference Called)> Of(ModuleDefinition module) =>
        from type in module.GetTypes()
        from method in type.Methods
        where method.HasBody
        from called in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>()
        select (method, called.GetElementMethod());

    /// <summary>Those of an assembly of ours, but for one type's.</summary>
    public static IReadOnlyList<(MethodDefinition Caller, MethodReference Called)> Outside(string home, string assembly)
    {
        using var module = ModuleDefinition.ReadModule(System.Reflection.Assembly.Load(assembly).Location);
        return [.. Of(module).Where(call => call.Caller.DeclaringType.FullName != home)];
    }
}
