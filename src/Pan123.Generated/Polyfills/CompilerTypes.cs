// The types that the compiler asks for and .NET Standard lacks; compiled for no other target. By hand, since the generator that brings them
// writes them in another order at each build, and no two builds would be the same.
#pragma warning disable IDE0130 // The compiler knows them by these namespaces.

namespace System.Runtime.CompilerServices;

/// <summary>Marks a setter that only an initializer may call.</summary>
internal static class IsExternalInit;

/// <summary>Gives a parameter the text of another's argument.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class CallerArgumentExpressionAttribute(string parameterName) : Attribute
{
    public string ParameterName { get; } = parameterName;
}
