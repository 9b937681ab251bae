namespace Pan123;

public partial class Pan123File
{
    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Type == 1;

    /// <summary>Whether it is in the recycle bin. Only then can it be permanently deleted.</summary>
    public bool IsTrashed => Trashed == 1;
}
