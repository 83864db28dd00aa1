# %% [markdown]
# ### Mean of every block
#
# A photo with 12 million pixels is too large for most models. Averaging small square blocks makes it smaller and keeps
# what it shows. Networks for images do the same in their pooling layers. Here you do it with a slice, a reshape and a
# mean, without a loop.
#
# Let an image have $H$ rows and $W$ columns, and let a block have $s$ rows and $s$ columns. Then
# $h = \lfloor H/s \rfloor$ blocks fit below each other and $w = \lfloor W/s \rfloor$ side by side. Rows and columns
# that do not fill a block, at the bottom and on the right, are cut off. Entry $(i, j)$ is, counted from 0,
#
# $$B_{ij} = \frac{1}{s^2} \sum_{a=0}^{s-1} \sum_{b=0}^{s-1} \text{image}_{\,s i + a,\; s j + b}.$$
#
# The trick: an array of shape $(hs, ws)$ can be read as one of shape $(h, s, w, s)$. Its four axes say: which row of
# blocks, which row inside the block, which column of blocks, which column inside the block.
#
# **By hand.** Blocks of size 2:
#
# $$\begin{pmatrix} 1 & 3 & 0 & 0 & 9 \\ 5 & 7 & 0 & 4 & 9 \\ 9 & 9 & 9 & 9 & 9 \end{pmatrix} \to
# \begin{pmatrix} 4 & 1 \end{pmatrix}$$
#
# The first block holds 1, 3, 5, 7 with mean 4. The second holds 0, 0, 0, 4 with mean 1. The last row and the last
# column are cut off.
#
# Return the array of block means.

# %%
from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="the mean of every slice, block by block; numpy.kron",
    section="Arrays and shapes",
    topics=(
        "r2-b1-numpy-basics",
        "r3-3-1-indexing-slicing",
        "r3-3-1-arrays",
        "r0-w1-goal",
        "r0-w1-numpy-arrays",
        "r0-w1-out-numpy",
        "r1-t00-numpy-basics",
        "r4-p1-numpy",
    ),
)

# %%
import numpy as np


# %%
def block_mean(image: np.ndarray, size: int) -> np.ndarray:
    """Return the mean of every square block of an image.

    Parameters
    ----------
    image : array of shape (H, W)
    size : rows and columns of a block, from 1 to the smaller of H and W

    Returns
    -------
    array of shape (H // size, W // size).
        Rows at the bottom and columns on the right that do not fill a block are left out.

    Raises
    ------
    ValueError : image is not two-dimensional, size is smaller than 1, or not a single block fits
    """
    ### BEGIN SOLUTION
    image = np.asarray(image, dtype=float)
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("image must have two axes, and at least one block must fit")
    h, w = image.shape[0] // size, image.shape[1] // size
    cut = image[: h * size, : w * size]
    return cut.reshape(h, size, w, size).mean(axis=(1, 3))
    ### END SOLUTION


# %%
@helper
def means_of_slices(image, size):
    """Return the block means, cut out one slice after the other."""
    rows, columns = (range(0, length - size + 1, size) for length in image.shape)
    return np.array([[float(np.mean(image[i : i + size, j : j + size])) for j in columns] for i in rows])


# %%
@check
def the_worked_example_is_right(block_mean):
    """The 3 x 5 image of the text has the block means 4 and 1."""
    image = np.array([[1.0, 3.0, 0.0, 0.0, 9.0], [5.0, 7.0, 0.0, 4.0, 9.0], [9.0, 9.0, 9.0, 9.0, 9.0]])
    close(array(block_mean(image, 2), (1, 2), what="the block means"), np.array([[4.0, 1.0]]), **T1)


# %%
@check
def blocks_of_one_pixel_change_nothing(block_mean):
    """Blocks of size 1 give the image back."""
    image = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    close(array(block_mean(image, 1), (2, 3), what="the block means"), image, **T1, what="the block means")


# %%
@check
def a_block_that_does_not_fit_raises(block_mean):
    """A block larger than the image raises ValueError."""
    raises(ValueError, block_mean, np.ones((2, 5)), 3)


# %%
@hidden(weight=2)
def agrees_with_one_slice_after_the_other(block_mean, rng):
    """Every entry is the mean of its own block, for images of many shapes that hold whole blocks only."""
    for h, w, size in ((1, 1, 2), (1, 2, 2), (2, 1, 2), (2, 2, 2), (2, 3, 3), (4, 2, 3), (5, 6, 4)):
        image = rng.normal(size=(h * size, w * size))
        values = array(block_mean(image, size), (h, w), what=f"the means of {h} x {w} blocks of size {size}")
        close(values, means_of_slices(image, size), **T1, what=f"the means of {h} x {w} blocks of size {size}")


# %%
@hidden
def a_border_that_fills_no_block_is_cut_off(block_mean, rng):
    """Rows at the bottom and columns on the right that do not fill a block are left out."""
    for rows, columns, size in ((2, 3, 2), (3, 2, 2), (3, 5, 2), (7, 8, 3), (11, 6, 4), (9, 23, 5)):
        image = rng.normal(size=(rows, columns))
        shape = (rows // size, columns // size)
        values = array(block_mean(image, size), shape, what=f"the block means of a {rows} x {columns} image")
        close(values, means_of_slices(image, size), **T1, what=f"the block means of a {rows} x {columns} image")


# %%
@hidden
def enlarged_images_come_back(block_mean, rng):
    """An image in which every pixel was blown up to a block comes back as it was."""
    for h, w, size in ((1, 2, 2), (2, 2, 3), (3, 2, 2), (4, 7, 5)):
        small = rng.normal(size=(h, w))
        large = np.kron(small, np.ones((size, size)))
        values = array(block_mean(large, size), (h, w), what="the block means of the enlarged image")
        close(values, small, **T1, what="the block means of the enlarged image")


# %%
@hidden
def two_small_steps_make_a_large_one(block_mean, rng):
    """Blocks of size 2 and then of size 3 give the same as blocks of size 6, and the overall mean stays."""
    for h, w in ((1, 1), (1, 2), (3, 2)):
        image = rng.normal(size=(6 * h, 6 * w))
        halves = array(block_mean(image, 2), (3 * h, 3 * w), what="the block means of size 2")
        both = array(block_mean(halves, 3), (h, w), what="the block means of size 2, then 3")
        close(both, means_of_slices(image, 6), **T2, what="the block means of size 2, then 3")
        close(float(halves.mean()), float(image.mean()), **T2, what="the mean of the whole image")


# %%
@hidden
def whole_numbers_have_means_with_a_fraction(block_mean, rng):
    """Images of whole numbers, as an array or as a list of lists, have exact means too."""
    values = array(block_mean([[1, 2], [3, 5]], 2), (1, 1), what="the block means")
    close(values, np.array([[2.75]]), **T1, what="the block means")
    for dtype in (np.int64, np.uint8):
        image = rng.integers(0, 256, size=(6, 9)).astype(dtype)
        values = array(block_mean(image, 3), (2, 3), what="the block means of a grey image")
        close(values, means_of_slices(image.astype(float), 3), **T1, what="the block means of a grey image")


# %%
@hidden
def single_precision_loses_no_digits(block_mean):
    """An image in single precision is converted to float64 first: the mean keeps twelve digits."""
    image = np.array([[0.1, 0.7], [2.3, 0.4]], dtype=np.float32)
    values = array(block_mean(image, 2), (1, 1), what="the block means")
    close(values, np.array([[float(image.astype(float).mean())]]), **T1, what="the block means")


# %%
@hidden
def bad_input_raises(block_mean):
    """A row of numbers, a stack of images, a size below 1 and a size that is too large raise ValueError."""
    raises(ValueError, block_mean, np.ones(6), 2)
    raises(ValueError, block_mean, np.ones((4, 4, 3)), 2)
    raises(ValueError, block_mean, np.ones((4, 4)), 0)
    raises(ValueError, block_mean, np.ones((4, 4)), -2)
    raises(ValueError, block_mean, np.ones((6, 2)), 3)


# %%
@accepted
def sums_along_each_axis(image, size):
    image = np.array(image, dtype=float)
    if image.ndim != 2 or not 1 <= size <= min(image.shape):
        raise ValueError("image or size")
    rows, columns = (length - length % size for length in image.shape)
    bands = np.add.reduceat(image[:rows, :columns], np.arange(0, rows, size), axis=0)
    return np.add.reduceat(bands, np.arange(0, columns, size), axis=1) / size**2


# %%
@accepted
def block_by_block(image, size):
    image = np.asarray(image, dtype=float)
    if image.ndim != 2 or size < 1 or image.shape[0] < size or image.shape[1] < size:
        raise ValueError("image or size")
    result = np.empty((image.shape[0] // size, image.shape[1] // size))
    for i, j in np.ndindex(result.shape):
        result[i, j] = image[i * size : (i + 1) * size, j * size : (j + 1) * size].sum() / size**2
    return result


# %%
@misconception(
    caught_by="agrees_with_one_slice_after_the_other",
    hint="reshape keeps the order of memory; split each axis on its own: (h, s, w, s), then average the axes 1 and 3.",
)
def cuts_memory_instead_of_the_image(image, size):
    image = np.asarray(image, dtype=float)
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("image must have two axes, and at least one block must fit")
    h, w = image.shape[0] // size, image.shape[1] // size
    return image[: h * size, : w * size].reshape(h, w, size, size).mean(axis=(2, 3))


# %%
@misconception(
    caught_by="agrees_with_one_slice_after_the_other",
    hint="You averaged over the blocks; average over the axes inside a block, 1 and 3.",
)
def averages_over_the_blocks(image, size):
    image = np.asarray(image, dtype=float)
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("image must have two axes, and at least one block must fit")
    h, w = image.shape[0] // size, image.shape[1] // size
    return image[: h * size, : w * size].reshape(h, size, w, size).mean(axis=(0, 2))


# %%
@misconception(
    caught_by="agrees_with_one_slice_after_the_other",
    hint="A slice with a step keeps one pixel of each block and drops the others; average all of them.",
)
def keeps_one_pixel_of_each_block(image, size):
    image = np.asarray(image, dtype=float)
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("image must have two axes, and at least one block must fit")
    h, w = image.shape[0] // size, image.shape[1] // size
    return image[: h * size : size, : w * size : size].copy()


# %%
@misconception(
    caught_by="a_border_that_fills_no_block_is_cut_off",
    hint="Cut the rows and columns that fill no block off with a slice before you reshape.",
)
def refuses_a_border(image, size):
    image = np.asarray(image, dtype=float)
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("image must have two axes, and at least one block must fit")
    h, w = image.shape[0] // size, image.shape[1] // size
    return image.reshape(h, size, w, size).mean(axis=(1, 3))


# %%
@misconception(
    caught_by="a_border_that_fills_no_block_is_cut_off",
    hint="The first block begins at the top left: cut off at the bottom and on the right.",
)
def cuts_at_the_top_left(image, size):
    image = np.asarray(image, dtype=float)
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("image must have two axes, and at least one block must fit")
    h, w = image.shape[0] // size, image.shape[1] // size
    cut = image[image.shape[0] - h * size :, image.shape[1] - w * size :]
    return cut.reshape(h, size, w, size).mean(axis=(1, 3))
